using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <param name="StreamId">What it is due for.</param>
/// <param name="Kind">What is due.</param>
/// <param name="Argument">Distinguishes several of a kind; left out, none does.</param>
/// <param name="Reason">A reference, such as <c>alert:deadlines-overdue</c>.</param>
public sealed record ResumeDeadlineRequest(Guid StreamId, string Kind, string Reason, string Argument = "");

/// <summary>What is due at a service.</summary>
/// <param name="Stuck">What should have been done by now, or has failed: the oldest first.</param>
/// <param name="More">There is more than was told.</param>
/// <param name="Due">What falls due in the next 24 hours, hour by hour.</param>
public sealed record DeadlinesView(IReadOnlyList<StuckDeadline> Stuck, bool More, IReadOnlyList<DueSoon> Due);

/// <summary>An operator sees what is stuck and why, and has it tried at once; and what falls due soon.</summary>
internal static class HandleDeadlines
{
    private const int MostTold = 100;

    private static readonly Refusal RunsNow = Refusals.WrongState(
        "deadline-runs-now", "It is being done at this moment. Look again in a quarter of a minute.");

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/deadlines", ReadAsync);
        operations.MapPost("/deadlines/resume", ResumeAsync);
    }

    private static async Task<DeadlinesView> ReadAsync(
        ServiceDefinition definition, NpgsqlDataSource database, TimeProvider clock, CancellationToken ct)
    {
        if (definition.DeadlinesOf is null) return new([], More: false, []);
        var now = clock.GetUtcNow().ToUniversalTime();
        var stuck = await StuckDeadline.FindAsync(database, definition.Effects, now, MostTold + 1, ct);
        return new(
            [.. stuck.Take(MostTold)],
            stuck.Count > MostTold,
            await DueSoon.CountAsync(database, definition.Effects, now, ct));
    }

    private static async Task<IResult> ResumeAsync(
        ResumeDeadlineRequest request, ServiceDefinition definition, NpgsqlDataSource database, Commands commands,
        DeadlineSignal signal, TimeProvider clock, CancellationToken ct)
    {
        if (!OperatorReason.IsWellFormed(request.Reason)) return Problems.From(OperatorReason.Malformed);
        var now = clock.GetUtcNow().ToUniversalTime();
        var state = definition.DeadlinesOf is null
            ? null
            : await StuckDeadline.IsFreeAsync(database, request.StreamId, request.Kind, request.Argument, now, ct);
        if (state is not { } free) return Problems.From(Refusals.NotFound("deadline"));
        if (!free) return Problems.From(RunsNow);
        var stored = await commands.ChangeOrStartAsync<OperatorActions>(
            OperatorActions.StreamOf(request.StreamId),
            _ => Decision.Of(new DeadlineResumed(
                request.StreamId, request.Kind, request.Argument, request.Reason, now)),
            ct);
        if (stored is not AnswerResult) return stored;
        await StuckDeadline.FreeAsync(database, request.StreamId, request.Kind, request.Argument, now, ct);
        signal.Raise();
        return Results.NoContent();
    }
}
