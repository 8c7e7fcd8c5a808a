using System.Text.Json;
using System.Text.Json.Serialization;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Something that partners may hear of. Whether one does is decided when it is sent.</summary>
/// <param name="EntryId">The same for a repeat; the id of the CloudEvent.</param>
/// <param name="Type">One of <see cref="FeedTypes"/>.</param>
/// <param name="Subject">The account that it is about; of what is about the partner alone, the partner.</param>
/// <param name="Data">Ids and facts.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="OnlyFor">The one partner that it is for; null for all that may.</param>
/// <param name="Enclosed">What that partner alone can read.</param>
internal sealed record FeedEntryRecorded(
    Guid EntryId,
    string Type,
    Guid Subject,
    [InClear<ToldFacts>] JsonElement Data,
    DateTimeOffset OccurredAt,
    Guid? OnlyFor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sealed<EnclosedValues>? Enclosed = null);

internal sealed class ToldFacts : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "told-facts",
        DataCategory.Services,
        "what was ordered, paid and registered for an account: ids, product codes, amounts, domain names",
        DataGroup.Contact,
        Purpose: "to tell selected partners, if the customer agrees",
        LegalBasis: "consent (GDPR Art. 6(1)(a)), asked for each time that it is told",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}

/// <summary>Names the streams of entries: everything about one subject, in order. Nothing is decided on it, so nothing is
/// folded: adding reads no history.</summary>
internal sealed class SubjectFeed;
