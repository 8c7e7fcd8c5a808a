namespace EPerfect.Contracts.Privacy;

/// <summary>A partner may be told who a customer is. Each service that holds one of these values encrypts it for that partner
/// alone and answers with <c>{service}.partner-data-enclosed.v1</c>; or not at all, if nothing may be opened.</summary>
/// <param name="AskId">The question: the same for the same partner, agreement, person and cause.</param>
/// <param name="PartnerId">Who is to be told.</param>
/// <param name="AccountId">Of whom.</param>
/// <param name="Members">Which members of <c>com.eperfect.customer.shared.v1</c>.</param>
/// <param name="Key">What they are encrypted for.</param>
/// <param name="AskedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the stream of all that this partner is told of this person.</param>
public sealed record PartnerDataAsked(
    Guid AskId,
    Guid PartnerId,
    Guid AccountId,
    IReadOnlyList<string> Members,
    PartnerEncryptionKey Key,
    DateTimeOffset AskedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.partner-data-asked.v1";
}
