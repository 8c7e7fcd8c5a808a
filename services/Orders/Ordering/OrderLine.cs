using EPerfect.Orders.Catalog;

namespace EPerfect.Orders.Ordering;

/// <summary>One line as it was ordered, with its price for good: a later catalogue does not touch it.</summary>
/// <remarks>A hosting line has <see cref="Hosting"/>, a domain line has <see cref="Domain"/>; the total is
/// (unit price × periods or years + set-up fee) × quantity.</remarks>
internal sealed record OrderLine(
    Guid ItemId,
    string Product,
    int CatalogueVersion,
    int Quantity,
    decimal UnitPrice,
    decimal SetupFee,
    decimal Total,
    HostingAsked? Hosting = null,
    DomainAsked? Domain = null)
{
    public const string HostingKind = "hosting";
    public const string DomainKind = "domain";

    internal string Kind => Hosting is null ? DomainKind : HostingKind;
}

internal sealed record HostingAsked(int PeriodMonths, Quota Quota, IReadOnlyList<string> HostedDomains);

internal sealed record DomainAsked(
    string Name, int Years, Guid RegistrantContactId, IReadOnlyList<string> Nameservers);
