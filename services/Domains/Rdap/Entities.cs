using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Rdap;

/// <summary>Who has to do with a domain, as jCards (RFC 7095).</summary>
internal static class Entities
{
    private static readonly object[] Version = ["version", new { }, "text", "4.0"];
    private static readonly object Voice = new { type = new[] { "voice" } };
    private static readonly string[] EmptyAddress = ["", "", "", "", "", "", ""];

    public static object Registrar(RegistrarOptions registrar) => new
    {
        objectClassName = "entity",
        roles = new[] { "registrar" },
        handle = registrar.IanaId,
        publicIds = new[] { new { type = "IANA Registrar ID", identifier = registrar.IanaId } },
        links = Notices.Link(registrar.RdapBase.ToString(), "about", registrar.Url.ToString()),
        vcardArray = Card(FullName(registrar.Name)),
        entities = new[]
        {
            new
            {
                objectClassName = "entity",
                roles = new[] { "abuse" },
                vcardArray = Card(
                    FullName(""),
                    ["tel", Voice, "uri", $"tel:{registrar.AbusePhone}"],
                    ["email", new { }, "text", registrar.AbuseEmail]),
            },
        },
    };

    /// <summary>
    /// The country is all that is shown; the form reaches the registrant without showing the address.
    /// </summary>
    public static object Registrant(string country, ResellerOptions reseller, DomainName name) => new
    {
        objectClassName = "entity",
        roles = new[] { "registrant" },
        vcardArray = Card(
            FullName(""),
            ["adr", new { cc = country }, "text", EmptyAddress],
            ["contact-uri", new { }, "uri", new Uri(reseller.ContactForm, name.Ascii).ToString()]),
    };

    public static object Reseller(ResellerOptions reseller) => new
    {
        objectClassName = "entity",
        roles = new[] { "reseller" },
        vcardArray = Card(FullName(reseller.Name)),
    };

    private static object[] FullName(string name) => ["fn", new { }, "text", name];

    private static object[] Card(params object[][] properties) => ["vcard", new[] { Version }.Concat(properties)];
}
