namespace EPerfect.Orders.Ordering;

/// <summary>One line on the wire: of a hosting plan, or of a domain.</summary>
/// <param name="Product">The product's code in the catalogue, such as <c>perfect-1</c> or <c>domain-com</c>.</param>
/// <param name="PeriodMonths">Hosting: the billing period, one of the plan's.</param>
/// <param name="Quantity">Hosting: how many units; 1 if absent.</param>
/// <param name="HostedDomains">Hosting: domains to set up at once, within the plan's quota.</param>
/// <param name="Action">Domain: <c>register</c>.</param>
/// <param name="DomainName">Domain: the name, in Unicode or ASCII form.</param>
/// <param name="Years">Domain: 1 to 10.</param>
/// <param name="RegistrantContactId">Domain: a contact kept by Domains.</param>
/// <param name="Nameservers">Domain: host names; ours if absent.</param>
internal sealed record OrderItemRequest(
    string Product,
    int? PeriodMonths = null,
    int? Quantity = null,
    IReadOnlyList<string>? HostedDomains = null,
    string? Action = null,
    string? DomainName = null,
    int? Years = null,
    Guid? RegistrantContactId = null,
    IReadOnlyList<string>? Nameservers = null);
