using System.Security.Cryptography;
using System.Text;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.Operations.Pages;

/// <summary>
/// The pages are a client of the provider (code with PKCE), and hold no more than the access token, in a cookie of its
/// lifetime. It is judged at each request as if it had come in the header; when it is over, the browser gets another one
/// without anybody noticing, as long as its owner is signed in.
/// </summary>
internal sealed class SignIn(IConfiguration configuration, IHttpClientFactory http)
{
    public const string Client = "operations";
    public const string Path = "/operations/sign-in";
    private const string Return = "operations/signed-in";
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    private static readonly string Scopes = string.Join(
        ' ', TokenValidation.Audiences.SelectMany(service => new[] { $"{service}:read", $"{service}:write" }));

    private Uri Issuer => new(configuration["Identity:Issuer"]!);

    /// <summary>Over https a browser takes a cookie of this prefix from this very host alone.</summary>
    private string Prefix => Issuer.Scheme == Uri.UriSchemeHttps ? "__Host-" : "";

    private string Session => $"{Prefix}eperfect.operations";

    private string Begun => $"{Prefix}eperfect.operations-sign-in";

    public string Antiforgery => $"{Prefix}eperfect.operations-antiforgery";

    public string? TokenOf(HttpRequest request) => request.Cookies[Session];

    public void Forget(HttpResponse response) => response.Cookies.Delete(Session, Options(TimeSpan.Zero));

    /// <summary>Sends the browser to the provider, and remembers where it wanted to go.</summary>
    public IResult Begin(HttpResponse response, string? to)
    {
        var (state, verifier) = (Random(), Random());
        // Nothing that a header cannot carry.
        var isLocal = to?.StartsWith("/operations", StringComparison.Ordinal) is true && to.All(c => c is > ' ' and < '\x7F');
        var local = isLocal ? to! : "/operations";
        var place = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(local));
        response.Cookies.Append(Begun, $"{state}.{verifier}.{place}", Options(MostTime));
        return Results.Redirect(QueryHelpers.AddQueryString(
            new Uri(Issuer, "connect/authorize").ToString(),
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = Client, ["response_type"] = "code", ["redirect_uri"] = new Uri(Issuer, Return).ToString(),
                ["scope"] = Scopes, ["state"] = state, ["code_challenge_method"] = "S256",
                ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            }));
    }

    /// <summary>The browser comes back with a code, and goes on where it wanted to.</summary>
    /// <returns>Null if this browser did not begin here: nobody is signed in by a link that another made.</returns>
    public async Task<string?> EndAsync(HttpContext context, CancellationToken ct)
    {
        var query = context.Request.Query;
        var begun = context.Request.Cookies[Begun]?.Split('.');
        context.Response.Cookies.Delete(Begun, Options(TimeSpan.Zero));
        if (begun is not [var state, var verifier, var to] || query["state"] != state) return null;
        if (query["code"].ToString() is not { Length: > 0 } code) return null;
        using var client = http.CreateClient(nameof(SignIn));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code", ["client_id"] = Client, ["code"] = code, ["code_verifier"] = verifier,
            ["redirect_uri"] = new Uri(Issuer, Return).ToString(),
        });
        using var answer = await client.PostAsync(new Uri(Issuer, "connect/token"), form, ct);
        if (!answer.IsSuccessStatusCode) return null;
        var tokens = (await answer.Content.ReadFromJsonAsync<Tokens>(ct))!;
        context.Response.Cookies.Append(Session, tokens.AccessToken, Options(TimeSpan.FromSeconds(tokens.ExpiresIn)));
        return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(to));
    }

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lax: whoever follows a link from an alert is still signed in. What changes something asks for more.</summary>
    private CookieOptions Options(TimeSpan lifetime) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = Prefix.Length > 0, MaxAge = lifetime,
    };

    private sealed record Tokens(
        [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn);
}
