namespace EPerfect.Orders.Catalog;

/// <summary>The catalogue on the wire.</summary>
internal sealed record CatalogueView(
    int Version,
    DateTimeOffset PublishedAt,
    IReadOnlyList<string> Currencies,
    IReadOnlyList<HostingPlanView> Hosting,
    IReadOnlyList<DomainProductView> Domains)
{
    public static CatalogueView Of(Catalogue catalogue)
    {
        return new(
            catalogue.Version,
            catalogue.PublishedAt,
            [.. catalogue.Content.Currencies.Select(c => c.Code)],
            [.. catalogue.Content.Hosting.Where(p => !p.Retired).Select(Plan)],
            [.. catalogue.Content.Domains.Where(d => !d.Retired).Select(Domain)]);

        HostingPlanView Plan(HostingPlan p) => new(
            p.Code, p.Name, p.Family, p.Quota, Prices(p.SetupFee),
            [.. p.Periods.Select(period => new PlanPeriodView(period.Months, Prices(period.Price)))]);

        DomainProductView Domain(DomainProduct d) =>
            new(d.Code, d.Tld, Prices(d.Register), Prices(d.Renew), Prices(d.Transfer));

        IReadOnlyList<Money> Prices(IReadOnlyDictionary<string, decimal> prices) =>
            [.. catalogue.Content.Currencies.Select(c => Money.Of(prices[c.Code], c))];
    }
}

/// <summary>A plan: the set-up fee is due once per unit, the price once per unit and period.</summary>
internal sealed record HostingPlanView(
    string Code,
    string Name,
    string Family,
    Quota Quota,
    IReadOnlyList<Money> SetupFee,
    IReadOnlyList<PlanPeriodView> Periods);

internal sealed record PlanPeriodView(int Months, IReadOnlyList<Money> Price);

/// <summary>A top-level domain with its prices per year.</summary>
internal sealed record DomainProductView(
    string Code, string Tld, IReadOnlyList<Money> Register, IReadOnlyList<Money> Renew, IReadOnlyList<Money> Transfer);
