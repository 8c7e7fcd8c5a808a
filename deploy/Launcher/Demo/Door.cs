using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Demo;

/// <summary>Speaks to the gateway as any client would, for whoever is signed in. A refusal is told in the problem's own
/// words.</summary>
internal sealed class Door(Uri gateway, Visitor visitor) : IDisposable
{
    private readonly HttpClient client = new(new Bearer(visitor) { InnerHandler = new SocketsHttpHandler() })
    {
        BaseAddress = gateway,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<JsonNode> GetAsync(string path, CancellationToken ct)
    {
        using var response = await client.GetAsync(path, ct);
        return await BodyAsync(response, ct);
    }

    /// <summary>Null while it does not exist yet.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken ct)
    {
        using var response = await client.GetAsync(path, ct);
        return response.StatusCode is System.Net.HttpStatusCode.NotFound ? null : await BodyAsync(response, ct);
    }

    /// <summary>
    /// The trace of all that we ask for. One for the whole visit: whether an order waits for news of its account or
    /// not, all that follows is in it.
    /// </summary>
    public string TraceId { get; } = ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>Creates something, under a fresh idempotency key.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Headers.Add("traceparent", $"00-{TraceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var response = await client.SendAsync(request, ct);
        return await BodyAsync(response, ct);
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new RefusedException(response, text);
        return JsonNode.Parse(text)!;
    }
}
