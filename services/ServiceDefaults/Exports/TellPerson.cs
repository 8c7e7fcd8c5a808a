using System.Diagnostics;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Gathers what a service holds of a person, part by part: each is encrypted to the export's key and stored, and the next
/// run goes on after it. Killed anywhere, nothing is left out and nothing told twice: a run passes over what was told, and
/// begins anew if that is not the same any more.
/// </summary>
internal sealed class TellPerson(
    ServiceDefinition definition, Reader reader, Writer writer, Deadlines deadlines, IHoldings holdings, Teller teller,
    TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "tell-person";

    /// <summary>A run of a deadline ends before its lease.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(6);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var state = await reader.LatestAsync<PersonExport>(deadline.StreamId, cancellationToken);
        if (state is null or { IsDone: true })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        state = state with { Id = deadline.StreamId };
        if (state.Begun is null) await BeginAsync(state, cancellationToken);
        else await TellAsync(state, state.Begun, cancellationToken);
    }

    private async Task BeginAsync(PersonExport state, CancellationToken cancellationToken)
    {
        var told = await holdings.ToldAsync(state.Order.AccountId, state.Order.LoginId, cancellationToken);
        await AppendAsync(
            state, new ExportBegun(told.Subjects, told.LoginId, time.GetUtcNow()), part: null, cancellationToken);
    }

    private async Task TellAsync(PersonExport state, ExportBegun begun, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var before = state.Last;
        using var passed = new Passed();
        using var buffer = new PartBuffer();
        await foreach (var held in holdings.OfAsync(state.Order.AccountId, begun.Subjects, cancellationToken))
        {
            if (held.At > begun.BegunAt) continue;
            passed.Add(held);
            if (passed.Count <= before?.Holdings)
            {
                if (passed.Count == before.Holdings && !passed.Stands(before)) break;
                continue;
            }

            var told = await teller.TellAsync(held, begun.Subjects, cancellationToken);
            if (state.Order.Kind != ExportKinds.Portability) buffer.Add(told);
            else if (Portable.Of(told) is { } portable) buffer.Add(portable);
            if (!buffer.IsFull) continue;
            if (await SealAsync(state, begun, buffer, passed, isLast: false, cancellationToken) is not { } next) return;
            state = next;
            if (Stopwatch.GetElapsedTime(started) <= MostTime) continue;
            await AppendAsync(state, new ExportPaused(time.GetUtcNow()), part: null, cancellationToken);
            return;
        }

        if (before is not null && !passed.Stands(before))
            await AppendAsync(state, new ExportBegunAnew(state.Attempt + 1, time.GetUtcNow()), part: null, cancellationToken);
        else
            await SealAsync(state, begun, buffer, passed, isLast: true, cancellationToken);
    }

    private async Task<PersonExport?> SealAsync(
        PersonExport state,
        ExportBegun begun,
        PartBuffer buffer,
        Passed passed,
        bool isLast,
        CancellationToken cancellationToken)
    {
        var number = (state.Last?.Number ?? 0) + 1;
        var order = state.Order;
        var told = new ExportTold(number, passed.Count, passed.Digest, isLast, time.GetUtcNow());
        var part = new ExportPartSealed(
            order.ExportId,
            order.AccountId,
            begun.LoginId,
            state.Attempt,
            number,
            isLast,
            passed.Count,
            begun.BegunAt,
            buffer.Seal(state, definition.Name, number));
        return await AppendAsync(state, told, part, cancellationToken) ? state.Apply(told) : null;
    }

    /// <returns>Whether it was not done by another in the meantime.</returns>
    private async Task<bool> AppendAsync(
        PersonExport seen, object happened, ExportPartSealed? part, CancellationToken cancellationToken)
    {
        var decided = await writer.WriteAsync(
            seen.Id,
            $"export/{Kind}",
            async (work, token) =>
            {
                var decision = await work.ChangeAsync<PersonExport>(
                    seen.Id, latest => seen.IsWhereItWas(latest) ? Decision.Of(happened) : Decision.Nothing, token);
                if (part is not null && decision.Events.Count > 0)
                    work.Start<ExportPartSealed>(DeterministicId.From(seen.Id, $"{part.Attempt}/{part.Number}"), part);
                return decision;
            },
            cancellationToken);
        return decided.Events.Count > 0;
    }
}
