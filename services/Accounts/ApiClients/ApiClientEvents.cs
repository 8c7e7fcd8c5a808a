using EPerfect.PersonalData;

namespace EPerfect.Accounts.ApiClients;

// On the account's stream.

internal sealed record ApiClientCreated(
    Guid ClientId,
    Sealed<ApiClientName> Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    Guid? CreatedBy = null);

internal sealed record ApiClientRevoked(Guid ClientId, DateTimeOffset RevokedAt);
