using EPerfect.Orders.Catalog;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>What was asked for, checked and priced from one version of the catalogue.</summary>
internal sealed record Quote(int CatalogueVersion, Currency Currency, IReadOnlyList<OrderLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Total);

    /// <summary>Prices every item, or names the first rule broken and where.</summary>
    public static Checked<Quote> Of(PlaceOrderRequest request, Catalogue catalogue, Func<Guid> newId)
    {
        if (request.CatalogueVersion is { } seen && seen != catalogue.Version)
            return OrderRules.CatalogueChanged(catalogue.Version);
        if (catalogue.Currency(request.Currency) is not { } currency)
            return OrderRules.CurrencyUnknown(request.Currency);
        if (request.Items.Count == 0) return OrderRules.Empty;
        if (request.Items.Count > OrderRules.MostItems) return OrderRules.TooLarge;

        var lines = new List<OrderLine>(request.Items.Count);
        for (var i = 0; i < request.Items.Count; i++)
        {
            var line = Line(request.Items[i], catalogue, currency, newId(), at: $"/items/{i}");
            if (line.Refusal is { } refusal) return refusal;
            lines.Add(line.Value!);
        }

        return NameTwice(lines) is { } twice ? twice : new Quote(catalogue.Version, currency, lines);
    }

    private static Checked<OrderLine> Line(
        OrderItemRequest? item, Catalogue catalogue, Currency currency, Guid itemId, string at)
    {
        var product = item?.Product ?? "";
        if (catalogue.Plan(product) is { } plan)
            return HostingPrice.Of(item!, plan, catalogue, currency, itemId, at);
        if (catalogue.Domain(product) is { } domain)
            return DomainPrice.Of(item!, domain, catalogue, currency, itemId, at);
        return product.StartsWith("domain-", StringComparison.Ordinal)
            ? OrderRules.TldUnknown(product, at)
            : OrderRules.ProductUnknown(product, at);
    }

    private static Refusal? NameTwice(List<OrderLine> lines)
    {
        var registered = new HashSet<string>(StringComparer.Ordinal);
        var hosted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Domain is { } domain && !registered.Add(domain.Name))
                return OrderRules.DomainTwice($"/items/{i}/domainName");
            if (lines[i].Hosting is { } hosting && !hosting.HostedDomains.All(hosted.Add))
                return OrderRules.DomainTwice($"/items/{i}/hostedDomains");
        }

        return null;
    }
}
