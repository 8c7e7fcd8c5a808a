#:sdk Microsoft.NET.Sdk.Web
// Has the feed posted to it. PUBLIC_URL is where the platform reaches this program; PORT is where it listens.
// Verifies by hand, for it is short: base64(HMAC-SHA256(key, "{id}.{timestamp}.{body}")), see standardwebhooks.com.
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

var seen = new ConcurrentDictionary<string, bool>(); // in real life: in your database, with what the event makes you do
var key = Array.Empty<byte>();

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
app.Urls.Add($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}");
app.MapPost("/", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    var body = await reader.ReadToEndAsync();
    if (!IsSigned(request.Headers, body)) return Results.Unauthorized();
    var e = JsonNode.Parse(body)!;
    if (seen.TryAdd($"{e["id"]}", true)) Console.WriteLine($"{e["position"]} {e["type"]} {e["id"]} {e["data"]!.ToJsonString()}");
    return Results.NoContent();
});
await app.StartAsync();

using var http = new HttpClient(new Patient())
{
    BaseAddress = new Uri(Environment.GetEnvironmentVariable("EPERFECT")!),
    Timeout = Timeout.InfiniteTimeSpan,
};
var token = await AskAsync(HttpMethod.Post, "/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["grant_type"] = "client_credentials",
    ["client_id"] = Environment.GetEnvironmentVariable("CLIENT_ID")!,
    ["client_secret"] = Environment.GetEnvironmentVariable("CLIENT_SECRET")!,
    ["scope"] = "partner:feed",
}));
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{token!["access_token"]}");
await AskAsync(HttpMethod.Put, "/api/partners/webhook", JsonContent.Create(
    new { url = Environment.GetEnvironmentVariable("PUBLIC_URL") }));
// Shown once: keep it. Here a new one is made at each start, and the one before signs along for a day.
var made = await AskAsync(HttpMethod.Post, "/api/partners/webhook/secret", JsonContent.Create(new { }));
key = Convert.FromBase64String($"{made!["secret"]}"["whsec_".Length..]);
Console.Error.WriteLine("Waiting. What another program took before does not come again; a test event comes at once.");
await app.WaitForShutdownAsync();

bool IsSigned(IHeaderDictionary headers, string body)
{
    var (id, timestamp) = ($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}");
    if (!long.TryParse(timestamp, out var at)) return false;
    // An old one, sent again by somebody else.
    if ((DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() > TimeSpan.FromMinutes(5)) return false;
    var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
    return $"{headers["webhook-signature"]}".Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(expected)));
}

async Task<JsonNode?> AskAsync(HttpMethod method, string path, HttpContent content)
{
    using var request = new HttpRequestMessage(method, path) { Content = content };
    request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
    var answer = await http.SendAsync(request);
    var told = await answer.Content.ReadAsStringAsync();
    // A refusal is an RFC 9457 problem: its code is stable, its detail is for people.
    if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(told);
    return told.Length == 0 ? null : JsonNode.Parse(told);
}
