using EPerfect.Contracts.Partners;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>The entry of an erasure: who was given something of the person has to delete it, and to say so.</summary>
internal static class ErasedEntry
{
    public static FeedEntryRecorded Of(
        Guid accountId, Guid erasureId, DateTimeOffset orderedAt, DateTimeOffset answerBy) => RecordEntry.Entry(
        accountId, $"{erasureId:D}", new CustomerErasedData(erasureId, orderedAt, answerBy), orderedAt);
}
