namespace EPerfect.Domains.Rdap;

/// <summary>
/// What is withheld of the registrant, and how (RFC 9537). Removal names a path that is empty in the answer; an empty
/// value one that is there; a replacement what stands in its place. Whether there is an organisation is itself sealed,
/// so it is not spoken of.
/// </summary>
internal static class Redactions
{
    private const string Registrant = "$.entities[?(@.roles[0]=='registrant')]";
    private const string Card = Registrant + ".vcardArray[1]";
    private const string Address = Card + "[?(@[0]=='adr')][3]";

    public static readonly object[] OfRegistrant =
    [
        Removal("Registry Registrant ID", Registrant + ".handle"),
        EmptyValue(new { type = "Registrant Name" }, Card + "[?(@[0]=='fn')][3]"),
        EmptyValue(new { type = "Registrant Street" }, Address + "[:3]"),
        EmptyValue(new { type = "Registrant City" }, Address + "[3]"),
        EmptyValue(new { description = "Registrant State/Province" }, Address + "[4]"),
        EmptyValue(new { type = "Registrant Postal Code" }, Address + "[5]"),
        Removal("Registrant Phone", Card + "[?(@[1].type=='voice')]"),
        new
        {
            name = new { type = "Registrant Email" },
            prePath = Card + "[?(@[0]=='email')]",
            replacementPath = Card + "[?(@[0]=='contact-uri')]",
            pathLang = "jsonpath",
            method = "replacementValue",
            reason = ServerPolicy,
        },
    ];

    private static object ServerPolicy => new { description = "Server policy" };

    private static object Removal(string type, string prePath) => new
    {
        name = new { type },
        prePath,
        pathLang = "jsonpath",
        method = "removal",
        reason = ServerPolicy,
    };

    private static object EmptyValue(object name, string postPath) => new
    {
        name,
        postPath,
        pathLang = "jsonpath",
        method = "emptyValue",
        reason = ServerPolicy,
    };
}
