namespace EPerfect.Domains;

/// <summary>
/// The section <c>Domains</c> of the configuration. The defaults are for development: reserved names and numbers.
/// </summary>
internal sealed class DomainsOptions
{
    public const string Section = "Domains";

    private static readonly string[] Ours = ["ns1.eperfect.example", "ns2.eperfect.example"];

    /// <summary>
    /// Where domains are delegated to unless the customer says otherwise; <c>Domains:Nameservers:0</c> and on.
    /// </summary>
    public string[]? Nameservers { get; set; }

    public IReadOnlyList<string> UsualNameservers => Nameservers ?? Ours;

    /// <summary>The accredited registrar that sponsors our domains.</summary>
    public RegistrarOptions Registrar { get; set; } = new();

    /// <summary>Us.</summary>
    public ResellerOptions Reseller { get; set; } = new();

    /// <summary>
    /// Where RDAP is reached from outside, such as <c>https://rdap.example.net/rdap</c>; if absent, below our own public address:
    /// a request names this process, which nobody outside reaches.
    /// </summary>
    public Uri? RdapBase { get; set; }

    public Uri TermsOfUse { get; set; } = new("https://eperfect.example/legal/rdap-terms");

    public void ReachedAt(Uri home) => RdapBase ??= new Uri(home, "rdap");
}

internal sealed class RegistrarOptions
{
    public string Name { get; set; } = "Example Registrar, Inc.";

    /// <summary>9995 is set aside for tests.</summary>
    public string IanaId { get; set; } = "9995";

    public Uri Url { get; set; } = new("https://registrar.example/");

    /// <summary>The registrar's base URL in the registry of IANA.</summary>
    public Uri RdapBase { get; set; } = new("https://rdap.registrar.example/");

    /// <summary>As in EPP: country code, a dot, the number.</summary>
    public string AbusePhone { get; set; } = "+1.5555551212";

    public string AbuseEmail { get; set; } = "abuse@registrar.example";
}

internal sealed class ResellerOptions
{
    public string Name { get; set; } = "ePerfect Web Hosting";

    /// <summary>The form that reaches a registrant without showing the address; the domain's name is added.</summary>
    public Uri ContactForm { get; set; } = new("https://eperfect.example/contact/");
}
