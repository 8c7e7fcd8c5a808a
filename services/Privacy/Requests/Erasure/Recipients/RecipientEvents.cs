using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>A partner that was given something of the person.</summary>
internal sealed record ErasureRecipient(Guid PartnerId, string Company);

/// <summary>All who were given something of the person, by the accounting; for them it stands in the feed, and each has to
/// answer.</summary>
internal sealed record RecipientsTold(
    ImmutableArray<ErasureRecipient> Recipients, DateTimeOffset AnswerBy, DateTimeOffset ToldAt);

/// <summary>A partner says that it has deleted what it was given.</summary>
/// <param name="PartnerId">Which one.</param>
/// <param name="How">One of <see cref="RecipientAnswers"/>.</param>
/// <param name="AnsweredAt">When.</param>
internal sealed record RecipientErased(Guid PartnerId, string How, DateTimeOffset AnsweredAt);

/// <summary>A partner could not hear of it so long: it has more time.</summary>
/// <param name="PartnerId">Which one.</param>
/// <param name="AnswerBy">Until when.</param>
/// <param name="GivenAt">When that was seen.</param>
internal sealed record RecipientGivenTime(Guid PartnerId, DateTimeOffset AnswerBy, DateTimeOffset GivenAt);

/// <summary>A partner did not answer in time.</summary>
/// <param name="PartnerId">Which one.</param>
/// <param name="OverdueAt">When its time was up.</param>
/// <param name="StoppedSince">Since when nothing was delivered to it; null if it could have come for the event.</param>
internal sealed record RecipientOverdue(
    Guid PartnerId,
    DateTimeOffset OverdueAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StoppedSince = null);

/// <summary>By which way a partner answered. Stable words: they stand on the certificate.</summary>
internal static class RecipientAnswers
{
    /// <summary>It acknowledged the event.</summary>
    public const string ByApi = "by-api";

    /// <summary>What the privacy officer may record.</summary>
    public static readonly ImmutableArray<string> ByHand = ["by-letter", "by-phone"];
}
