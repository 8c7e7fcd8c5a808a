using EPerfect.Orders.Catalog;

namespace EPerfect.Orders.Ordering;

/// <summary>The rules and the price of a hosting line.</summary>
internal static class HostingPrice
{
    public static Checked<OrderLine> Of(
        OrderItemRequest item, HostingPlan plan, Catalogue catalogue, Currency currency, Guid itemId, string at)
    {
        if (DomainField(item) is { } field) return OrderRules.NotApplicable(OrderLine.HostingKind, $"{at}/{field}");
        if (plan.Retired) return OrderRules.ProductRetired(plan.Code);
        if (plan.Periods.FirstOrDefault(p => p.Months == item.PeriodMonths) is not { } period)
            return OrderRules.PeriodUnknown(plan.Code, item.PeriodMonths, plan.Periods.Select(p => p.Months), at);

        var quantity = item.Quantity ?? 1;
        if (quantity is < 1 or > OrderRules.MostUnits) return OrderRules.QuantityInvalid(at);

        var domains = item.HostedDomains ?? [];
        var most = plan.Quota.Domains * quantity;
        if (domains.Count > most) return OrderRules.QuotaExceeded(plan.Code, most, at);
        var names = new List<string>(domains.Count);
        for (var i = 0; i < domains.Count; i++)
        {
            if (OrderedName.ToAscii(domains[i]) is not { } name)
                return OrderRules.DomainNameInvalid($"{at}/hostedDomains/{i}");
            names.Add(name);
        }

        var (unit, setup) = (period.Price[currency.Code], plan.SetupFee[currency.Code]);
        return new OrderLine(
            itemId, plan.Code, catalogue.Version, quantity, unit, setup, Total: (unit + setup) * quantity,
            Hosting: new(period.Months, plan.Quota, names));
    }

    private static string? DomainField(OrderItemRequest item) => item switch
    {
        { Action: not null } => "action",
        { DomainName: not null } => "domainName",
        { Years: not null } => "years",
        { RegistrantContactId: not null } => "registrantContactId",
        { Nameservers: not null } => "nameservers",
        _ => null,
    };
}
