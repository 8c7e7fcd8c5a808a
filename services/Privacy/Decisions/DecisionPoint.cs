using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using Marten;

namespace EPerfect.Privacy.Decisions;

/// <summary>
/// Answers from events, as they are or as they were. The time of an event is when it was written: what was asked at that
/// time gets the same answer for ever.
/// </summary>
internal sealed class DecisionPoint(IDocumentStore store, TimeProvider time)
{
    private static readonly Guid PolicyStream = DocumentKind.StreamOf(DocumentKind.PrivacyPolicy);

    public async Task<Facts> FactsAsync(Guid person, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        return at is { } then
            ? await ThenAsync(session, person, then, cancellationToken)
            : await NowAsync(session, person, time.GetUtcNow(), cancellationToken);
    }

    internal static async Task<Facts> NowAsync(
        IDocumentSession session, Guid person, DateTimeOffset now, CancellationToken cancellationToken) => new(
            await session.Events.FetchLatest<Document>(PolicyStream, cancellationToken),
            await session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, cancellationToken),
            await session.Events.FetchLatest<Person>(person, cancellationToken),
            now);

    private static async Task<Facts> ThenAsync(
        IDocumentSession session, Guid person, DateTimeOffset then, CancellationToken cancellationToken) => new(
            await session.Events.AggregateStreamAsync<Document>(PolicyStream, timestamp: then, token: cancellationToken),
            await session.Events.AggregateStreamAsync<PolicySets>(
                PolicySets.StreamId, timestamp: then, token: cancellationToken),
            await session.Events.AggregateStreamAsync<Person>(person, timestamp: then, token: cancellationToken),
            then);
}
