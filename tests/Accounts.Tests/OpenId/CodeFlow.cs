using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EPerfect.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>A frontend that signs somebody in: authorization code with PKCE, step by step, each step to be bent.</summary>
internal sealed class CodeFlow(Provider provider)
{
    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>What a frontend asks for; null takes a parameter away.</summary>
    public Dictionary<string, string?> Request(params (string Name, string? Value)[] changes)
    {
        var request = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Provider.Client,
            ["redirect_uri"] = Provider.Redirect,
            ["scope"] = "openid offline_access accounts:read accounts:write orders:read",
            ["state"] = "state-1",
            ["nonce"] = "nonce-1",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            if (value is null) request.Remove(name);
            else request[name] = value;
        }

        return request;
    }

    public Task<HttpResponseMessage> AuthorizeAsync(string? cookie, params (string Name, string? Value)[] changes)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get, QueryHelpers.AddQueryString("/connect/authorize", Request(changes)));
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return provider.Http.SendAsync(request);
    }

    /// <summary>The code that the frontend is sent.</summary>
    public async Task<string> CodeAsync(string cookie, params (string Name, string? Value)[] changes)
    {
        var answer = await AuthorizeAsync(cookie, changes);
        return Sent(answer).TryGetValue("code", out var code)
            ? code
            : throw new InvalidOperationException($"{answer.StatusCode} {answer.Headers.Location}");
    }

    /// <summary>What a redirect carries to the frontend.</summary>
    public static Dictionary<string, string> Sent(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Found, HttpStatusCode.SeeOther);
        var location = answer.Headers.Location!;
        location.OriginalString.ShouldStartWith(Provider.Redirect);
        return QueryHelpers.ParseQuery(location.Query)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Provider.Client,
            ["redirect_uri"] = Provider.Redirect,
            ["code"] = code,
            ["code_verifier"] = Verifier,
        };
        foreach (var (name, value) in changes)
        {
            if (value is null) form.Remove(name);
            else form[name] = value;
        }

        return provider.Http.PostAsync("/connect/token", new FormUrlEncodedContent(form));
    }

    /// <summary>All the way.</summary>
    public async Task<JsonObject> TokensAsync(string cookie, params (string Name, string? Value)[] changes)
    {
        var answer = await RedeemAsync(await CodeAsync(cookie, changes));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public Task<HttpResponseMessage> RefreshAsync(string token, params (string Name, string Value)[] more) =>
        provider.PostAsync(
            "/connect/token",
            [("grant_type", "refresh_token"), ("client_id", Provider.Client), ("refresh_token", token), .. more]);

    public async Task<JsonObject> RefreshedAsync(string token)
    {
        var answer = await RefreshAsync(token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    /// <summary>The error as RFC 6749, section 5.2 has it.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeFalse();
        return (string)(await answer.JsonAsync())["error"]!;
    }
}
