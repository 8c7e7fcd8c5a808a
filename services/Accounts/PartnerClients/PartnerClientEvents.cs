namespace EPerfect.Accounts.PartnerClients;

internal sealed record PartnerClientCreated(Guid ClientId, Guid PartnerId, DateTimeOffset CreatedAt);

/// <summary>Until then the secret before it is good, too.</summary>
internal sealed record PartnerClientSecretRotated(Guid RotationId, DateTimeOffset OldGoodUntil, DateTimeOffset RotatedAt);

internal sealed record PartnerClientRevoked(DateTimeOffset RevokedAt);
