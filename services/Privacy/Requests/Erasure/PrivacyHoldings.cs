using System.Runtime.CompilerServices;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Sharing;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Requests.Exports;
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

    /// <summary>Also the login that asked: which other owner asked for what, and fetched it when, is that one's own.</summary>
    public async Task<Told> ToldAsync(Guid accountId, Guid? loginId, CancellationToken cancellationToken)
    {
        var subjects = await SubjectsAsync(accountId, cancellationToken);
        return new Told(loginId is { } login ? [.. subjects, login] : subjects);
    }

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId,
        IReadOnlyCollection<Guid> subjects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var requests = await session.StreamsAsync("request_filed", "accountId", accountId, cancellationToken);
        var others = subjects.Where(subject => subject != accountId);
        foreach (var stream in requests.Prepend(accountId).Append(Rectifications.StreamOf(accountId)).Concat(others))
        {
            await foreach (var held in session.Events.HoldingsAsync(stream, cancellationToken))
            {
                yield return LoginOf(held.Data) is { } login && !subjects.Contains(login)
                    ? held with { Withheld = WithheldReasons.AnotherPerson }
                    : held;
            }
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

    /// <summary>Which login an event says something about.</summary>
    private static Guid? LoginOf(object data) => data switch
    {
        IdentityVerified x => x.LoginId,
        ExportGranted x => x.LoginId,
        ExportOrdered x => x.Order.LoginId,
        ExportPartKept x => x.LoginId,
        ExportDownloaded x => x.LoginId,
        _ => null,
    };
}
