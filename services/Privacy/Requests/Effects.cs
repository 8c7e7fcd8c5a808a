using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests;

/// <summary>What begins when a request begins, in the same transaction.</summary>
internal static class Effects
{
    /// <summary>Adds the effects to a decision that starts a request; leaves any other as it is.</summary>
    public static async Task<Decision> BeginAsync(
        UnitOfWork work,
        Request request,
        Decision decision,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (!decision.Events.OfType<RequestStarted>().Any()) return decision;
        var accountId = request.AccountId;
        var person = await work.Session.Events.FetchLatest<Person>(accountId, ct);
        if (ErasureRefusals.WhyNot(person) is { } gone) return gone;
        switch (request.Kind)
        {
            case RequestKind.OptOut:
                await OptOutAsync(work, accountId, now, ct);
                return Decision.Of([.. decision.Events, new RequestDone(now)]);
            case RequestKind.Objection:
                await Objections.RaiseAsync(work, accountId, request.Purposes, now, ct);
                return Decision.Of([.. decision.Events, .. Objections.Begin(request.Purposes, now)]);
            case RequestKind.Restriction:
                return await RestrictAsync(work, accountId, decision, now, ct);
            case RequestKind.Erasure:
                return await OrderErasure.BeginAsync(work, request.Id, accountId, decision, now, ct);
            case RequestKind.Access or RequestKind.Portability:
                GrantExport.Begin(work, request, decision, now);
                return decision;
            default:
                return decision;
        }
    }

    /// <summary>All services restrict the person's processing: what asked for it is done.</summary>
    public static async Task RestrictedEverywhereAsync(
        UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await work.Session.Query<RequestLine>()
            .Where(line => line.AccountId == accountId && line.Kind == RequestKind.Restriction && line.IsOpen)
            .Select(line => line.Id)
            .ToListAsync(ct);
        foreach (var id in asked)
        {
            await work.ChangeAsync<Request>(
                id,
                request => request is { IsOver: false, StartedAt: not null }
                    ? Decision.Of(new RequestDone(now))
                    : Decision.Nothing,
                ct);
        }
    }

    private static async Task OptOutAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, ct);
        await work.ChangeAsync<Person>(
            accountId, person => Objecting.OptOut(person, sets?.InForce(now)?.PolicySet ?? 0, now), ct);
    }

    private static async Task<Decision> RestrictAsync(
        UnitOfWork work, Guid accountId, Decision begun, DateTimeOffset now, CancellationToken ct)
    {
        var isEverywhere = false;
        await work.ChangeAsync<Person>(
            accountId,
            person =>
            {
                var decided = Restricting.Restrict(person, now);
                isEverywhere = decided.Events.Count == 0 && person!.Restriction!.IsEverywhere;
                return decided;
            },
            ct);
        return isEverywhere ? Decision.Of([.. begun.Events, new RequestDone(now)]) : begun;
    }
}
