using EPerfect.Contracts.Partners;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>The entry of a correction: which of the data must be used no more as it was. The new values are in no feed that
/// rests.</summary>
internal static class RectifiedEntry
{
    public static FeedEntryRecorded Of(
        Guid accountId, Guid rectificationId, IReadOnlyList<string> corrected, DateTimeOffset at) => RecordEntry.Entry(
            accountId, $"{rectificationId:D}", new CustomerRectifiedData(corrected, at), at);
}
