using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>How it is decided whether an event of a type may leave.</summary>
internal enum ReleaseRule
{
    /// <summary>If the agreement has it and the purpose may use the person's data.</summary>
    Agreed,

    /// <summary>Always, to who was ever told of the person, and to nobody else (GDPR Art. 19).</summary>
    Duty,

    /// <summary>It is about the partner, not about a person.</summary>
    Own,
}

/// <summary>A member of an event's data, and the kind of data that it is.</summary>
internal sealed record FeedField(string Name, string Category = Categories.Account);

/// <summary>What an event of one type consists of.</summary>
internal sealed record FeedType(string Name, string Source, ReleaseRule Release, IReadOnlyList<FeedField> Fields)
{
    public FeedField? Find(string field) => Fields.FirstOrDefault(one => one.Name == field);
}

/// <summary>Every event that a partner may hear of. Names are for ever; what cannot be added becomes a type of its own.</summary>
internal static class FeedTypes
{
    public const string AccountOpened = "com.eperfect.account.opened.v1";
    public const string AccountClosed = "com.eperfect.account.closed.v1";
    public const string OrderPlaced = "com.eperfect.order.placed.v1";
    public const string OrderPaid = "com.eperfect.order.paid.v1";
    public const string OrderActivated = "com.eperfect.order.activated.v1";
    public const string OrderCancelled = "com.eperfect.order.cancelled.v1";
    public const string OrderItemRefunded = "com.eperfect.order.item-refunded.v1";
    public const string DomainRegistered = "com.eperfect.domain.registered.v1";
    public const string DomainRegistrationFailed = "com.eperfect.domain.registration-failed.v1";
    public const string CustomerShared = "com.eperfect.customer.shared.v1";
    public const string CustomerRectified = "com.eperfect.customer.rectified.v1";
    public const string SharingWithdrawn = "com.eperfect.customer.sharing-withdrawn.v1";
    public const string CustomerErased = "com.eperfect.customer.erased.v1";
    public const string AgreementChanged = "com.eperfect.agreement.changed.v1";
    public const string PartnerTest = "com.eperfect.partner.test.v1";

    private static readonly IReadOnlyList<FeedField> Customer =
        [new("name", "identity"), new("email", "contact"), new("phone", "contact"), new("address", "contact")];

    public static IReadOnlyList<FeedType> All { get; } =
    [
        Agreed(AccountOpened, "accounts", "kind", "openedAt"),
        Agreed(AccountClosed, "accounts", "closedAt"),
        Agreed(OrderPlaced, "orders", "orderId", "currency", "total", "items", "placedAt"),
        Agreed(OrderPaid, "orders", "orderId", "currency", "amount", "paidAt"),
        Agreed(OrderActivated, "orders", "orderId", "deliveredItems", "activatedAt"),
        Agreed(OrderCancelled, "orders", "orderId", "reason", "cancelledAt"),
        Agreed(OrderItemRefunded, "orders", "orderId", "itemId", "currency", "amount", "reason", "refundedAt"),
        Agreed(DomainRegistered, "domains", "domainName", "orderId", "itemId", "registeredAt", "expiresAt"),
        Agreed(DomainRegistrationFailed, "domains", "domainName", "orderId", "itemId", "reason", "failedAt"),
        new(CustomerShared, "privacy", ReleaseRule.Agreed, Customer),
        new(CustomerRectified, "privacy", ReleaseRule.Duty, Customer),
        new(SharingWithdrawn, "privacy", ReleaseRule.Duty, [new("withdrawnAt")]),
        new(CustomerErased, "privacy", ReleaseRule.Duty, [new("erasureId"), new("orderedAt")]),
        new(AgreementChanged, "privacy", ReleaseRule.Own, [new("version"), new("state"), new("changedAt")]),
        new(PartnerTest, "privacy", ReleaseRule.Own, [new("message")]),
    ];

    /// <summary>What an agreement may name.</summary>
    public static IEnumerable<string> Agreeable =>
        from type in All where type.Release == ReleaseRule.Agreed select type.Name;

    private static readonly Dictionary<string, FeedType> ByName =
        All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static FeedType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Ids and facts: what the customer has and chose.</summary>
    private static FeedType Agreed(string name, string source, params string[] fields) => new(
        name,
        source,
        ReleaseRule.Agreed,
        [.. fields.Select(field => new FeedField(field, field == "domainName" ? "contact" : Categories.Account))]);
}
