using System.Text.Json;
using EPerfect.Contracts.Partners;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Adds to the feed, in the unit of work of what caused it.</summary>
internal static class RecordEntry
{
    private static readonly Guid Space = new("0190f3a0-5f0b-7c61-9d3e-6a3f7b0c4e21");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The stream of all that is told about one subject.</summary>
    public static Guid StreamOf(Guid subject) => DeterministicId.From(Space, $"feed {subject:D}");

    /// <summary>An entry.</summary>
    /// <param name="subject">The account; or the partner, if it is about no other.</param>
    /// <param name="cause">What tells it from any other of its type: so that a repeat gets the same id.</param>
    /// <param name="data">Ids and facts.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="onlyFor">The one partner that it is for.</param>
    public static FeedEntryRecorded Entry<TData>(
        Guid subject, string cause, TData data, DateTimeOffset occurredAt, Guid? onlyFor = null)
        where TData : IPartnerData => new(
            DeterministicId.From(Space, $"{TData.EventType} {cause}"),
            TData.EventType,
            subject,
            JsonSerializer.SerializeToElement(data, Json),
            occurredAt.ToUniversalTime(),
            onlyFor);

    public static Task RecordAsync(UnitOfWork work, FeedEntryRecorded entry, CancellationToken cancellationToken) =>
        work.AppendAsync<SubjectFeed>(StreamOf(entry.Subject), [entry], cancellationToken);
}
