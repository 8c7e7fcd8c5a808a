using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>
/// Takes down that something was corrected, and in the same transaction puts it into the partners' feed: who was given the
/// old value hears that it is one (GDPR Art. 19). Told again, late or out of order it is one correction.
/// </summary>
internal static class RecordRectification
{
    /// <summary>A correction, known by the place in its own service's store.</summary>
    public static DataRectified Of(
        Guid accountId, string service, Guid stream, long version, IReadOnlyList<string> fields, DateTimeOffset at) =>
        new(DeterministicId.From(stream, $"{service} {version}"), accountId, service, fields, at.ToUniversalTime());

    internal static Decision Decide(Rectifications? known, DataRectified rectified, DateTimeOffset now) =>
        rectified.Fields.Count == 0 || known?.Find(rectified.RectificationId) is not null
            ? Decision.Nothing
            : Decision.Of(rectified with { AnswerBy = now + SettleRectification.Patience });

    public static FeedEntryRecorded EntryOf(DataRectified rectified) => RectifiedEntry.Of(
        rectified.AccountId, rectified.RectificationId, rectified.Fields, rectified.RectifiedAt);

    public static async Task RecordAsync(
        UnitOfWork work, DataRectified rectified, TimeProvider time, CancellationToken cancellationToken)
    {
        var decided = await work.ChangeAsync<Rectifications>(
            Rectifications.StreamOf(rectified.AccountId),
            known => Decide(known, rectified, time.GetUtcNow()),
            cancellationToken);
        if (decided.Events.Count > 0) await RecordEntry.RecordAsync(work, EntryOf(rectified), cancellationToken);
    }
}
