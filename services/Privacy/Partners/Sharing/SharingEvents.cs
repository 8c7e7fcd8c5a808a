using EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>The services are asked for what a partner may be told of a person.</summary>
/// <param name="AskId">The same for the same partner, agreement, key, person and cause.</param>
/// <param name="PartnerId">Who is to be told.</param>
/// <param name="AccountId">Of whom.</param>
/// <param name="AgreementVersion">By which agreement.</param>
/// <param name="Members">Of what.</param>
/// <param name="Key">What it is to be encrypted for.</param>
/// <param name="AskedAt">When.</param>
internal sealed record PartnerDataAsked(
    Guid AskId,
    Guid PartnerId,
    Guid AccountId,
    int AgreementVersion,
    IReadOnlyList<string> Members,
    PartnerEncryptionKey Key,
    DateTimeOffset AskedAt);

/// <summary>A service has answered: its values stand in the feed.</summary>
internal sealed record PartnerDataReceived(Guid AskId, string Service, DateTimeOffset ReceivedAt);
