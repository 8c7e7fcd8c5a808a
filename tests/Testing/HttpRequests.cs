using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPerfect.Testing;

/// <summary>Requests as a client of the API makes them.</summary>
public static class HttpRequests
{
    /// <summary>POST with an Idempotency-Key, a new one if none is given.</summary>
    public static Task<HttpResponseMessage> PostWithKeyAsync(
        this HttpClient client, string path, object? body, string? key = null) =>
        client.SendAsync(Request(HttpMethod.Post, path, body, [("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"))]));

    /// <summary>PUT, with If-Match if given.</summary>
    public static Task<HttpResponseMessage> PutAsync(
        this HttpClient client, string path, object? body, string? ifMatch = null) =>
        client.SendAsync(Request(HttpMethod.Put, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]));

    /// <summary>The body as a JSON object.</summary>
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>())!;

    /// <summary>The code of a problem document; fails if the answer is not one.</summary>
    public static async Task<string> ProblemCodeAsync(this HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        var text = await response.Content.ReadAsStringAsync();
        if (type is not "application/problem+json")
            throw new InvalidOperationException($"{(int)response.StatusCode} of type {type} is not a problem: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!;
    }

    private static HttpRequestMessage Request(
        HttpMethod method, string path, object? body, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
