using System.Text.Json.Serialization;

namespace EPerfect.Orders.Catalog;

/// <summary>What is for sale; the shape of <c>catalogue.json</c>. Prices are per currency, in units (not
/// cents).</summary>
/// <param name="Currencies">What can be paid in.</param>
/// <param name="Hosting">Plans.</param>
/// <param name="Domains">Top-level domains.</param>
/// <param name="Edition">Tells a return to what was for sale before from a file that is only old. Any text, or none.</param>
internal sealed record CatalogueContent(
    IReadOnlyList<Currency> Currencies,
    IReadOnlyList<HostingPlan> Hosting,
    IReadOnlyList<DomainProduct> Domains,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Edition = null);

/// <summary>ISO 4217 code and how many decimals its amounts have.</summary>
internal sealed record Currency(string Code, int MinorUnits)
{
    /// <summary>The smallest amount that can be paid: one cent, one yen.</summary>
    internal decimal LeastAmount => new(1, 0, 0, isNegative: false, (byte)MinorUnits);
}

/// <summary>A hosting plan. The set-up fee is due once per unit, the price of a period once per unit and
/// period.</summary>
internal sealed record HostingPlan(
    string Code,
    string Name,
    string Family,
    Quota Quota,
    IReadOnlyDictionary<string, decimal> SetupFee,
    IReadOnlyList<PlanPeriod> Periods,
    bool Retired = false);

internal sealed record PlanPeriod(int Months, IReadOnlyDictionary<string, decimal> Price);

/// <summary>What one unit of a plan may use.</summary>
internal sealed record Quota(int DiskMegabytes, int TrafficGigabytes, int Domains, int Mailboxes);

/// <summary>A top-level domain on offer, with prices per year.</summary>
internal sealed record DomainProduct(
    string Code,
    string Tld,
    IReadOnlyDictionary<string, decimal> Register,
    IReadOnlyDictionary<string, decimal> Renew,
    IReadOnlyDictionary<string, decimal> Transfer,
    bool Retired = false);
