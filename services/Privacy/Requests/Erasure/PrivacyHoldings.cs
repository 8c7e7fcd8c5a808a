using System.Runtime.CompilerServices;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Sharing;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What the person accepted and allowed, what they asked for and got, and who looked at their data.</summary>
internal sealed class PrivacyHoldings(IDocumentSession session) : IHoldings
{
    /// <summary>Also the exports, whose parts rest in four services: their keys are here.</summary>
    public async Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
    [
        accountId,
        .. await session.StreamsAsync("export_granted", "accountId", accountId, cancellationToken),
    ];

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId,
        IReadOnlyCollection<Guid> subjects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var requests = await session.StreamsAsync("request_filed", "accountId", accountId, cancellationToken);
        var others = subjects.Where(subject => subject != accountId);
        foreach (var stream in requests.Prepend(accountId).Append(Rectifications.StreamOf(accountId)).Concat(others))
        {
            await foreach (var held in session.Events.HoldingsAsync(stream, cancellationToken)) yield return held;
        }

        foreach (var stream in await session.StreamsAsync(
            RegisterModule.OpeningRecordedAs, "accountId", accountId, cancellationToken))
        {
            // Who looked, and at what: ids that stand elsewhere rightly.
            await foreach (var held in session.Events.HoldingsAsync(stream, cancellationToken))
                yield return held with { IsSought = false };
        }

        // What partners may hear of: ids and facts that the other services have rightly in clear.
        await foreach (var held in session.Events.HoldingsAsync(RecordEntry.StreamOf(accountId), cancellationToken))
            yield return held with { IsSought = false };

        // Which partner was to be told of what, and who answered.
        foreach (var stream in (await session.StreamsAsync(
            SharingModule.AskedAs, "accountId", accountId, cancellationToken)).Distinct())
        {
            await foreach (var held in session.Events.HoldingsAsync(stream, cancellationToken)) yield return held;
        }
    }
}
