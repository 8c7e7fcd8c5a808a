using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace EPerfect.Launcher.SignIn;

/// <summary>
/// One authorisation code with proof key (RFC 7636, S256): asked for, sent back to the client's address, exchanged for
/// tokens. Made anew for each sign-in.
/// </summary>
internal sealed class CodeFlow(string clientId, Uri redirect, TimeProvider? clock = null)
{
    private const string Scopes =
        "openid offline_access accounts:read accounts:write orders:read orders:write " +
        "domains:read domains:write privacy:read privacy:write";

    private readonly string verifier = Random();
    private readonly string state = Random();

    /// <summary>Where a browser begins.</summary>
    public string Address => "/connect/authorize?" + string.Join('&', new (string Name, string Value)[]
    {
        ("response_type", "code"),
        ("client_id", clientId),
        ("redirect_uri", redirect.AbsoluteUri),
        ("scope", Scopes),
        ("state", state),
        ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
        ("code_challenge_method", "S256"),
    }.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>Where the browser ends: this is the answer to our question, and it holds a code.</summary>
    public async Task<Tokens> ExchangeAsync(Browser browser, WebPage end, CancellationToken ct)
    {
        var answer = HttpUtility.ParseQueryString(end.Address.Query);
        if (answer["code"] is not { } code || !string.Equals(answer["state"], state, StringComparison.Ordinal))
            throw new LaunchException($"Signing in ended at \"{end.Title}\" ({(int)end.Status}) {answer["error"]}");
        return await TokensAsync(browser, ct,
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect.AbsoluteUri),
            ("code_verifier", verifier));
    }

    /// <summary>The next tokens: the accounts that they name are those of now.</summary>
    public Task<Tokens> RefreshAsync(Browser browser, Tokens tokens, CancellationToken ct) =>
        TokensAsync(browser, ct, ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh));

    private async Task<Tokens> TokensAsync(
        Browser browser, CancellationToken ct, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("client_id", clientId)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var asked = (clock ?? TimeProvider.System).GetUtcNow();
        using var response = await browser.PostAsync("/connect/token", form, ct);
        if ((int)response.StatusCode >= 500)
            throw new HttpRequestException("No tokens now.", inner: null, response.StatusCode);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
        if (!response.IsSuccessStatusCode)
            throw new LaunchException($"No tokens: {answer["error"]} ({answer["error_description"]})");
        return new Tokens(
            (string)answer["access_token"]!,
            (string)answer["refresh_token"]!,
            asked.AddSeconds((int)answer["expires_in"]!));
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
