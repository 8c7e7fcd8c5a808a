using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Withholding;

/// <summary>Openings that a person is not told of. A snapshot of one order's events, read by account.</summary>
internal sealed record WithheldOpenings : IOwned
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    Guid? IOwned.AccountId => AccountId;

    public required WithholdingOrdered Ordered { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Asked for under another person's address it does not exist.</summary>
    public Decision? Of(Guid accountId) =>
        accountId == AccountId ? (Decision?)null : Decision.FromRefusal(Refusals.NotFound("withholding"));

    public bool HoldsAt(DateTimeOffset now) => ApprovedAt is not null && LiftedAt is null && now < Ordered.Until;

    public bool Covers(string? purpose, string? ground) => purpose == "legal" && ground == Ordered.OpeningGround;

    public static WithheldOpenings Create(WithholdingOrdered e) =>
        new() { Id = e.WithholdingId, AccountId = e.AccountId, Ordered = e };

    public WithheldOpenings Apply(WithholdingApproved e) => this with { ApprovedAt = e.ApprovedAt };

    public WithheldOpenings Apply(WithholdingLifted e) => this with { LiftedAt = e.LiftedAt };
}
