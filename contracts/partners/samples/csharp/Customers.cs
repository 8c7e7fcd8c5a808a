#:package jose-jwt@5.3.0
// Knows who its customers are: decrypts what is for its key alone, and does and acknowledges what it owes them.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jose;

var key = Jwk.FromJson(Environment.GetEnvironmentVariable("PARTNER_KEY")!);
var customers = new Dictionary<string, JsonObject>(); // in real life: in your database, with the position
var told = new Dictionary<(string, string), DateTimeOffset>(); // when it was so: the right value may come before the correction
using var http = new HttpClient(new Patient())
{
    BaseAddress = new Uri(Environment.GetEnvironmentVariable("EPERFECT")!),
    Timeout = Timeout.InfiniteTimeSpan,
};
var (after, until) = ((string?)null, DateTime.MinValue);

while (true)
{
    if (DateTime.UtcNow > until) until = await SignInAsync();
    var page = await ToldAsync(await http.GetAsync($"/api/partners/feed?wait=20{(after is null ? "" : $"&after={after}")}"));
    foreach (var e in page!["events"]!.AsArray()) await TakeAsync(e!);
    after = page["next"]!.ToString();
}

async Task TakeAsync(JsonNode e)
{
    var (type, subject, data) = ($"{e["type"]}", $"{e["subject"]}", e["data"]!);
    switch (type)
    {
        case "com.eperfect.customer.shared.v1":
            var known = customers.TryGetValue(subject, out var before) ? before : customers[subject] = [];
            foreach (var (member, value) in data.AsObject())
            {
                known[member] = JsonNode.Parse(JWT.Decode($"{value!["jwe"]}", key));
                told[(subject, member)] = DateTimeOffset.Parse($"{e["time"]}");
            }

            break;
        case "com.eperfect.customer.rectified.v1":
            foreach (var member in data["corrected"]!.AsArray().Select(one => $"{one}"))
            {
                if (told.TryGetValue((subject, member), out var at) && at < DateTimeOffset.Parse($"{data["rectifiedAt"]}"))
                    customers.GetValueOrDefault(subject)?.Remove(member);
            }

            break;
        case "com.eperfect.customer.sharing-withdrawn.v1" or "com.eperfect.customer.erased.v1":
            customers.Remove(subject);
            break;
        default:
            return;
    }

    // Acknowledged when it is done, not before; again does no harm.
    if (!type.Contains(".shared.")) await AcknowledgeAsync($"{e["id"]}");
    Console.WriteLine($"{type} {subject} {customers.GetValueOrDefault(subject)?.ToJsonString() ?? "null"}");
}

async Task AcknowledgeAsync(string eventId)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/partners/acknowledgements")
    {
        Content = JsonContent.Create(new { eventId }),
    };
    request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
    await ToldAsync(await http.SendAsync(request));
}

async Task<DateTime> SignInAsync()
{
    var told = await ToldAsync(await http.PostAsync("/connect/token", new FormUrlEncodedContent(
        new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Environment.GetEnvironmentVariable("CLIENT_ID")!,
            ["client_secret"] = Environment.GetEnvironmentVariable("CLIENT_SECRET")!,
            ["scope"] = "partner:feed",
        })));
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{told!["access_token"]}");
    return DateTime.UtcNow.AddSeconds(told["expires_in"]!.GetValue<int>() - 60);
}

static async Task<JsonNode?> ToldAsync(HttpResponseMessage answer)
{
    var told = await answer.Content.ReadAsStringAsync();
    // A refusal is an RFC 9457 problem: its code is stable, its detail is for people.
    if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(told);
    return told.Length == 0 ? null : JsonNode.Parse(told);
}
