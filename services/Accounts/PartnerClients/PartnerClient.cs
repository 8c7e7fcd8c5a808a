using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PartnerClients;

/// <summary>A partner's program. Its secret is not here: credentials are never events.</summary>
internal sealed record PartnerClient : IOwned
{
    public Guid Id { get; init; }

    public Guid PartnerId { get; init; }

    Guid? IOwned.AccountId => null;

    Guid? IOwned.PartnerId => PartnerId;

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? RotationId { get; init; }

    public DateTimeOffset? OldGoodUntil { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Asked for under another partner's address it does not exist.</summary>
    public Refusal? WhyNotOf(Guid partnerId) =>
        PartnerId == partnerId && RevokedAt is null ? null : Refusals.NotFound("client");

    public static PartnerClient Create(PartnerClientCreated e) =>
        new() { Id = e.ClientId, PartnerId = e.PartnerId, CreatedAt = e.CreatedAt };

    public PartnerClient Apply(PartnerClientSecretRotated e) =>
        this with { RotationId = e.RotationId, OldGoodUntil = e.OldGoodUntil };

    public PartnerClient Apply(PartnerClientRevoked e) => this with { RevokedAt = e.RevokedAt };
}
