using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Requests.Rectification;

internal enum TellingState
{
    /// <summary>Nothing that a person can correct is ever given to it. A test of who would give it holds that.</summary>
    NothingReceived,
    ToBeTold,
    Told,
    Acknowledged,
}

/// <summary>Who may have been given the old value, and whether it was told of the correction.</summary>
/// <param name="Who">Such as <c>registry</c>, or <c>partner</c>.</param>
/// <param name="PartnerId">Which partner.</param>
/// <param name="State">How far it is.</param>
/// <param name="How">By the way that it takes the feed, or one of <see cref="Tellings"/>.</param>
/// <param name="ToldAt">When it was told.</param>
/// <param name="AcknowledgedAt">When it said that it knows.</param>
internal sealed record Recipient(
    string Who, Guid? PartnerId, TellingState State, string? How, DateTimeOffset? ToldAt, DateTimeOffset? AcknowledgedAt)
{
    /// <summary>Who is given ids, facts and the provider's own token, and no detail of a person: `NothingPersonalLeaves` in
    /// the tests of Domains and Orders, `ContractTests` for what services tell each other.</summary>
    private static readonly IReadOnlyList<string> GivenNothing =
        ["registry", "payment-provider", "accounts", "domains", "orders"];

    public static IEnumerable<Recipient> WithoutAny(string service) => GivenNothing
        .Where(who => who != service)
        .Select(who => new Recipient(who, null, TellingState.NothingReceived, null, null, null));

    public static Recipient Of(PartnerTelling partner, RecipientTold? byHand) => new(
        "partner",
        partner.PartnerId,
        partner.AcknowledgedAt is not null ? TellingState.Acknowledged
            : partner.ToldAt is not null || byHand is not null ? TellingState.Told
            : TellingState.ToBeTold,
        partner.Way ?? byHand?.How,
        partner.ToldAt ?? byHand?.ToldAt,
        partner.AcknowledgedAt);
}
