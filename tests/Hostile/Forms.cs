using System.Net;
using System.Text.RegularExpressions;

namespace EPerfect.Hostile;

/// <summary>What no OpenAPI document describes: the pages' forms, and those of the OpenID provider.</summary>
internal static partial class Forms
{
    private const string Page = "/identity/sign-in";
    private const string Mark = "antiforgery";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Posted(Page, "Email", "Password", "Credential", "State", Mark),
        Posted("/identity/sign-up", "Email", Mark),
        Posted("/identity/sign-up/confirm", "token", "Password", Mark),
        Posted("/identity/forgotten-password", "Email", Mark),
        Posted("/identity/reset-password", "token", "Password", Mark),
        Posted("/identity/sign-out", Mark),
        Posted("/connect/token", "grant_type", "client_id", "client_secret", "code", "code_verifier", "refresh_token", "scope"),
        Posted("/connect/revocation", "client_id", "token"),
        Posted("/operations/order", "What", "Of", "Kind", "StreamId", "Argument", "Reason", "Key"),
        new("GET", Page, ["returnUrl", "handler", "done"], Body: null, Fields: []),
        new("GET", "/identity/invitation", ["token"], Body: null, Fields: []),
        new("GET", "/connect/authorize", ["client_id", "redirect_uri", "scope", "state", "max_age"], Body: null, Fields: []),
        new("GET", "/connect/endsession", ["id_token_hint", "post_logout_redirect_uri"], Body: null, Fields: []),
        new("GET", "/operations/sign-in", ["to"], Body: null, Fields: []),
    ];

    /// <summary>Values that lead further into them. Without the page's own mark against other sites no form is read.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OpenAsync(Uri gateway, CancellationToken ct)
    {
        using var handler = new HttpClientHandler();
        using var http = new HttpClient(handler) { BaseAddress = gateway };
        if (Hidden().Match(await http.GetStringAsync(Page, ct)) is not { Success: true } mark)
            throw new InvalidOperationException($"{Page} shows no form with {Mark}.");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Mark] = WebUtility.HtmlDecode(mark.Groups["mark"].Value),
            ["Cookie"] = handler.CookieContainer.GetCookieHeader(gateway),
            ["Email"] = "hostile@canary.example",
            ["Password"] = "violet teapot 61 harbour",
            ["handler"] = "Passkey",
            ["grant_type"] = "client_credentials",
        };
    }

    private static Operation Posted(string path, params IReadOnlyList<string> fields) =>
        new("POST", path, ["returnUrl", "handler"], Body: null, fields);

    [GeneratedRegex("name=\"antiforgery\" type=\"hidden\" value=\"(?<mark>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
