using System.Reflection;
using System.Text.Json;
using EPerfect.Contracts.Partners;
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

    public static FeedType Of<TData>(ReleaseRule release)
        where TData : IPartnerData => new(TData.EventType, TData.Source, release, [.. typeof(TData)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => new FeedField(
                JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                property.GetCustomAttribute<DataCategoryAttribute>()?.Name ?? Categories.Account))]);
}

/// <summary>Every event that a partner may hear of: their data stands in <c>contracts/partners</c>.</summary>
internal static class FeedTypes
{
    public static IReadOnlyList<FeedType> All { get; } =
    [
        FeedType.Of<AccountOpenedData>(ReleaseRule.Agreed),
        FeedType.Of<AccountClosedData>(ReleaseRule.Agreed),
        FeedType.Of<OrderPlacedData>(ReleaseRule.Agreed),
        FeedType.Of<OrderPaidData>(ReleaseRule.Agreed),
        FeedType.Of<OrderActivatedData>(ReleaseRule.Agreed),
        FeedType.Of<OrderCancelledData>(ReleaseRule.Agreed),
        FeedType.Of<OrderItemRefundedData>(ReleaseRule.Agreed),
        FeedType.Of<DomainRegisteredData>(ReleaseRule.Agreed),
        FeedType.Of<DomainRegistrationFailedData>(ReleaseRule.Agreed),
        FeedType.Of<CustomerSharedData>(ReleaseRule.Agreed),
        FeedType.Of<CustomerRectifiedData>(ReleaseRule.Duty),
        FeedType.Of<SharingWithdrawnData>(ReleaseRule.Duty),
        FeedType.Of<CustomerErasedData>(ReleaseRule.Duty),
        FeedType.Of<AgreementChangedData>(ReleaseRule.Own),
        FeedType.Of<WebhookDisabledData>(ReleaseRule.Own),
        FeedType.Of<PartnerTestData>(ReleaseRule.Own),
    ];

    /// <summary>What an agreement may name.</summary>
    public static IEnumerable<string> Agreeable =>
        from type in All where type.Release == ReleaseRule.Agreed select type.Name;

    private static readonly Dictionary<string, FeedType> ByName =
        All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static FeedType? Find(string name) => ByName.GetValueOrDefault(name);
}
