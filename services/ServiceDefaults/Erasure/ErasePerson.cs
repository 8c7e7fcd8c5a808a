using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Erases a person in one service, one step a run: nothing more comes in; the store is searched for the person's data in
/// clear, while that can still be opened; the keys are destroyed; it is searched again; every envelope that is left is
/// found and proven unreadable. What was held back goes the same way when its time comes, the first search included. Killed
/// anywhere it goes on where it was, and each step may be repeated.
/// </summary>
internal sealed partial class ErasePerson(
    Reader reader,
    Writer writer,
    IHoldings holdings,
    IErasure erasure,
    ErasureSearch search,
    KeyDestruction keys,
    ErasureWaiting waiting,
    ServiceDefinition definition,
    TimeProvider time,
    ILogger<ErasePerson> logger) : IDeadlineHandler
{
    public const string Kind = "erase-person";

    /// <summary>Somebody has to look at what was found, and take it away.</summary>
    private static readonly TimeSpan UntilRetry = TimeSpan.FromMinutes(10);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (await reader.LatestAsync<PersonErasure>(deadline.StreamId, cancellationToken) is not { } state) return;
        var happened = state switch
        {
            { Subjects: null } => null,
            { Searched: null } => await search.InClearAsync(state, cancellationToken),
            { Destroyed: null, Proven: not null } => await waiting.LookAsync(state, cancellationToken),
            { Destroyed: null } => await keys.DestroyAsync(state, cancellationToken),
            { SearchedAgain: null } => await search.AgainAsync(state, cancellationToken),
            _ => await search.EnvelopesAsync(state, cancellationToken),
        };
        if (happened is ErasureStopped stopped) LogStopped(state.ErasureId, stopped.Places.Count, stopped.Places[0].Table);
        await writer.WriteAsync(
            deadline.StreamId,
            $"erasure/{Kind}",
            (work, token) => happened is null
                ? BeginAsync(work, deadline.StreamId, state, token)
                : AppendAsync(work, deadline.StreamId, state, happened, token),
            cancellationToken);
    }

    internal static DateTimeOffset RetryAt(DateTimeOffset now) => now + UntilRetry;

    private async Task<Decision> BeginAsync(
        UnitOfWork work, Guid stream, PersonErasure state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Before anything is closed: what is taken away is not found any more.
        var subjects = await holdings.SubjectsAsync(state.AccountId, cancellationToken);
        await erasure.CloseAsync(work, state.AccountId, now, cancellationToken);
        return await AppendAsync(work, stream, state, new ErasureBegun(subjects, now), cancellationToken);
    }

    /// <summary>Of two who did the same step at once, the first has done it.</summary>
    private async Task<Decision> AppendAsync(
        UnitOfWork work, Guid stream, PersonErasure seen, object happened, CancellationToken cancellationToken)
    {
        var decided = await work.ChangeAsync<PersonErasure>(
            stream, latest => Same(latest, seen) ? Decision.Of(happened) : Decision.Nothing, cancellationToken);
        if (decided.Events.Count == 0 || happened is not ErasureKeysDestroyed destroyed) return decided;
        foreach (var applied in Applied(definition, seen, destroyed))
            await work.TellAsync(applied, cancellationToken);
        return decided;
    }

    /// <summary>What a law or a contract had kept, and does no longer: the end of that rule's period.</summary>
    internal static IEnumerable<RetentionApplied> Applied(
        ServiceDefinition definition, PersonErasure seen, ErasureKeysDestroyed destroyed) =>
        from held in (seen.Proven?.HeldBack ?? []).DistinctBy(held => (held.Ground, held.Group))
        let rule = definition.Retained.Select(one => one.Rule).FirstOrDefault(rule => rule.Rule == held.Ground)
        where rule is not null
        let keys = destroyed.Groups.Where(one => one.Group == held.Group).Sum(one => one.Keys)
        where keys > 0
        select new RetentionApplied(rule.Rule, rule.Period, keys, destroyed.DestroyedAt);

    private static bool Same(PersonErasure? latest, PersonErasure seen) =>
        latest is not null
        && (latest.Subjects is null) == (seen.Subjects is null)
        && (latest.Searched?.SearchedAt, latest.IsSearched) == (seen.Searched?.SearchedAt, seen.IsSearched)
        && latest.Destroyed?.DestroyedAt == seen.Destroyed?.DestroyedAt
        && latest.SearchedAgain?.SearchedAt == seen.SearchedAgain?.SearchedAt
        && (latest.Proven?.ShreddedAt, latest.Proven?.UnreadableInCopies)
            == (seen.Proven?.ShreddedAt, seen.Proven?.UnreadableInCopies)
        && latest.Accepted.Count == seen.Accepted.Count
        && (latest.Scan.Table, latest.Scan.Block) == (seen.Scan.Table, seen.Scan.Block);

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "Erasure {ErasureId} is stopped: personal data in {Places} places where it must not be, such as {Place}")]
    private partial void LogStopped(Guid erasureId, int places, string place);
}
