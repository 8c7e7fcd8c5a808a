using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Partners;

/// <summary>Asks at the gateway as somebody. A refusal is told in the problem's own words.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient client;

    public Api(Uri gateway, AuthenticationHeaderValue bearer)
    {
        client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = bearer;
    }

    /// <summary>As a partner's program signs in.</summary>
    public static async Task<Api> OfProgramAsync(Uri gateway, PartnerCredentials credentials, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", credentials.ClientId),
            new("client_secret", credentials.ClientSecret), new("scope", "partner:feed"),
        ]);
        using var response = await http.PostAsync("/connect/token", form, ct);
        var told = await BodyAsync(response, ct);
        return new(gateway, new("Bearer", (string)told!["access_token"]!));
    }

    /// <param name="path">What is asked.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="key">Under the same key it is done once, and answered the same; null for once more.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<JsonNode?> PostAsync(string path, object body, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? $"{Guid.CreateVersion7()}");
        using var response = await client.SendAsync(request, ct);
        return await BodyAsync(response, ct);
    }

    public async Task PutAsync(string path, object body, CancellationToken ct)
    {
        using var response = await client.PutAsJsonAsync(path, body, ct);
        await BodyAsync(response, ct);
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonNode?> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? null : JsonNode.Parse(text)
            : throw new LaunchException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} " +
                $"was answered with {(int)response.StatusCode}: {text}");
    }
}
