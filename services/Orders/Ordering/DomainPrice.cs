using EPerfect.Orders.Catalog;

namespace EPerfect.Orders.Ordering;

/// <summary>The rules and the price of a domain line.</summary>
internal static class DomainPrice
{
    private const string Register = "register";

    public static Checked<OrderLine> Of(
        OrderItemRequest item, DomainProduct product, Catalogue catalogue, Currency currency, Guid itemId, string at)
    {
        if (HostingField(item) is { } field) return OrderRules.NotApplicable(OrderLine.DomainKind, $"{at}/{field}");
        if (product.Retired) return OrderRules.ProductRetired(product.Code);
        if (item.Action != Register) return OrderRules.ActionUnavailable(at);
        if (OrderedName.ToAscii(item.DomainName) is not { } name)
            return OrderRules.DomainNameInvalid($"{at}/domainName");
        if (!OrderedName.IsDirectlyBelow(name, product.Tld)) return OrderRules.TldMismatch(product.Tld, at);
        if (item.Years is not { } years || years is < 1 or > OrderRules.MostYears) return OrderRules.YearsInvalid(at);
        if (item.RegistrantContactId is not { } contact || contact == Guid.Empty) return OrderRules.ContactMissing(at);
        if (Hosts(item.Nameservers ?? []) is not { } nameservers) return OrderRules.NameserversInvalid(at);

        var perYear = product.Register[currency.Code];
        return new OrderLine(
            itemId, product.Code, catalogue.Version, Quantity: 1, perYear, SetupFee: 0, Total: perYear * years,
            Domain: new(name, years, contact, nameservers));
    }

    private static string[]? Hosts(IReadOnlyList<string> names)
    {
        if (names.Count is 1 or > OrderRules.MostNameservers) return null;
        var hosts = names.Select(OrderedName.ToAscii).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return hosts.Length == names.Count ? hosts : null;
    }

    private static string? HostingField(OrderItemRequest item) => item switch
    {
        { PeriodMonths: not null } => "periodMonths",
        { Quantity: not null } => "quantity",
        { HostedDomains: not null } => "hostedDomains",
        _ => null,
    };
}
