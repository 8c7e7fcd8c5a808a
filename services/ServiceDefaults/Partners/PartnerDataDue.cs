using System.Text.Json.Serialization;
using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What was asked for on behalf of a partner may be opened, and that it is stands on record. It is opened and encrypted when it
/// is published: no value rests here, under whichever key.
/// </summary>
/// <param name="AskId">The question, and the stream.</param>
/// <param name="PartnerId">Who is to be told.</param>
/// <param name="AccountId">Of whom.</param>
/// <param name="Members">Which of the members asked for this service holds.</param>
/// <param name="Key">What they are encrypted for.</param>
/// <param name="DueAt">When.</param>
public sealed record PartnerDataDue(
    Guid AskId,
    Guid PartnerId,
    Guid AccountId,
    IReadOnlyList<string> Members,
    PartnerEncryptionKey Key,
    DateTimeOffset DueAt);

/// <summary>A question that is answered.</summary>
internal sealed record AnsweredAsk(Guid Id)
{
    public static AnsweredAsk Create(PartnerDataDue e) => new(e.AskId);

    /// <summary>A question that comes again, under whichever message id, is answered once.</summary>
    public static Decision Answer(AnsweredAsk? known, PartnerDataDue due) =>
        known is null ? Decision.Of(due) : Decision.Nothing;
}

/// <summary>Reads and writes it without reflection.</summary>
[JsonSerializable(typeof(PartnerDataDue))]
internal sealed partial class PartnerDataJson : JsonSerializerContext;
