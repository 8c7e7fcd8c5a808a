namespace EPerfect.Domains.Rdap;

/// <summary>The notices that ICANN's profile asks for.</summary>
internal static class Notices
{
    public static object[] All(DomainsOptions options, string self) =>
    [
        TermsOfUse(options, self),
        new
        {
            title = "Status Codes",
            description = new[] { "For more information on domain status codes, please visit https://icann.org/epp" },
            links = Link(self, "glossary", "https://icann.org/epp"),
        },
        new
        {
            title = "RDDS Inaccuracy Complaint Form",
            description = new[] { "URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf" },
            links = Link(self, "help", "https://icann.org/wicf"),
        },
    ];

    public static object TermsOfUse(DomainsOptions options, string self) => new
    {
        title = "Terms of Use",
        description = new[]
        {
            "Registration data is given for lawful purposes.",
            "It is not for mass unsolicited mail or automated collection.",
        },
        links = Link(self, "terms-of-service", options.TermsOfUse.ToString()),
    };

    public static object[] Link(string value, string rel, string href, string type = "text/html") =>
        [new { value, rel, href, type }];
}
