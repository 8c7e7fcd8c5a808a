// Takes the feed by asking. Where it stopped is in the file `position`: killed anywhere, it goes on from there.
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

var home = new Uri(Environment.GetEnvironmentVariable("EPERFECT")!);
using var http = new HttpClient(new Patient()) { BaseAddress = home, Timeout = Timeout.InfiniteTimeSpan };
var (after, until) = (File.Exists("position") ? File.ReadAllText("position") : null, DateTime.MinValue);

while (true)
{
    if (DateTime.UtcNow > until) until = await SignInAsync();
    // Waits up to 20 seconds for something to happen.
    var answer = await http.GetAsync($"/api/partners/feed?wait=20{(after is null ? "" : $"&after={after}")}");
    var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    // A refusal is an RFC 9457 problem: its code is stable, its detail is for people.
    if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{page["code"]}: {page["detail"]}");
    foreach (var e in page["events"]!.AsArray())
        Console.WriteLine($"{e!["position"]} {e["type"]} {e["id"]} {e["data"]!.ToJsonString()}");
    // First what the events ask for, then the place: done twice is better than not at all, and ids tell it.
    after = page["next"]!.ToString();
    File.WriteAllText("position.new", after);
    File.Move("position.new", "position", overwrite: true);
}

async Task<DateTime> SignInAsync()
{
    var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Environment.GetEnvironmentVariable("CLIENT_ID")!,
        ["client_secret"] = Environment.GetEnvironmentVariable("CLIENT_SECRET")!,
        ["scope"] = "partner:feed",
    }));
    var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{told["error"]}: {told["error_description"]}");
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{told["access_token"]}");
    return DateTime.UtcNow.AddSeconds(told["expires_in"]!.GetValue<int>() - 60);
}
