using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>
/// The rule <see cref="RetentionRules.ClosedAccount"/>: when its period is over, the person is erased in every service, as if
/// they had asked for it, and what law keeps is kept and erased after that. Who asked for restriction instead of erasure
/// (GDPR Art. 18(1)) is not erased as long as that lasts; nor is who waits to be told what is held, or to be restricted, or can
/// still fetch what was asked for.
/// </summary>
internal sealed class EraseClosedAccount(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "erase-closed-account";

    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <summary>What was asked for has a day by which it is answered.</summary>
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromDays(1);

    public static Guid IdOf(Guid accountId) => DeterministicId.From(accountId, "closed-account");

    internal static Decision Note(Person? person, DateTimeOffset closedAt) =>
        person is { ClosedAt: not null } or { Erasing: not null }
            ? Decision.Nothing
            : Decision.Of(new AccountClosureNoted(closedAt, RetentionRules.ClosedAccount.EndFrom(closedAt)));

    internal static Decision Decide(Person? person, bool isAwaited, Guid erasureId, DateTimeOffset now) => person switch
    {
        null or { Erasing: not null } => Decision.Nothing,
        { IsRestricted: true } => Decision.Of(new ClosedAccountErasurePostponed(now + Patience, now)),
        _ when isAwaited => Decision.Of(new ClosedAccountErasurePostponed(now + UntilAnswered, now)),
        _ => Decision.Of(new PersonErasureOrdered(erasureId, now)),
    };

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        AccountClosureNoted x => [new DeadlineChange.Set(Kind, x.EraseAt)],
        ClosedAccountErasurePostponed x => [new DeadlineChange.Set(Kind, x.Until)],
        PersonErasureOrdered => [new DeadlineChange.Clear(Kind)],
        _ => [],
    };

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) =>
        {
            var (id, now) = (IdOf(deadline.StreamId), time.GetUtcNow());
            var isAwaited = await IsAwaitedAsync(work.Session, deadline.StreamId, token);
            var decided = await work.ChangeAsync<Person>(
                deadline.StreamId, person => Decide(person, isAwaited, id, now), token);
            if (decided.Events.OfType<PersonErasureOrdered>().Any())
                await OrderErasure.StartAsync(work, id, requestId: null, deadline.StreamId, now, token);
            return decided;
        },
        cancellationToken);

    /// <summary>Whether something was asked for that needs the data, and is not over.</summary>
    private static async Task<bool> IsAwaitedAsync(
        IDocumentSession session, Guid accountId, CancellationToken cancellationToken)
    {
        var open = await session.Query<RequestLine>()
            .Where(line => line.AccountId == accountId && line.IsOpen)
            .ToListAsync(cancellationToken);
        if (open.Any(line => line.Kind == RequestKind.Restriction || GrantExport.Is(line.Kind))) return true;
        foreach (var id in await session.StreamsAsync("export_granted", "accountId", accountId, cancellationToken))
            if (await session.Events.FetchLatest<Export>(id, cancellationToken) is { IsOver: false }) return true;
        return false;
    }
}
