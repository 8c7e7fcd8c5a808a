using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A partner's program that is a plain HTTP client.</summary>
internal sealed class PartnerClient : IDisposable
{
    private readonly HttpClient client;

    private PartnerClient(HttpClient client, string id, string secret, string key) =>
        (this.client, Id, Secret, Key) = (client, id, secret, key);

    public string Id { get; }

    public string Secret { get; }

    /// <summary>What it decrypts with: a JWK.</summary>
    public string Key { get; }

    public Uri Home => client.BaseAddress!;

    public static async Task<PartnerClient> SignInAsync(Uri gateway, string id, string secret, string key)
    {
        var http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(30) };
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret),
            new("scope", "partner:feed"),
        ]);
        var answer = await http.PostAsync("/connect/token", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await answer.JsonAsync())["access_token"]!);
        return new(http, id, secret, key);
    }

    /// <summary>All that the feed holds for it.</summary>
    public async Task<IReadOnlyList<JsonObject>> PullAsync()
    {
        var answer = await client.GetAsync("/api/partners/feed?limit=500");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await answer.JsonAsync())["events"]!.AsArray().Select(e => e!.AsObject())];
    }

    /// <summary>Waits with as many requests at once as a partner may, until it is disposed of.</summary>
    public async Task<IAsyncDisposable> TakeAllPlacesAsync()
    {
        var last = (string)(await PullAsync())[^1]["position"]!;
        var over = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 8).Select(_ => WaitAsync(last, over.Token)).ToArray();
        // They are all there once another finds no place.
        await Until.TrueAsync(
            async () => (await client.GetAsync($"/api/partners/feed?after={last}&wait=1")).StatusCode
                == HttpStatusCode.TooManyRequests,
            "all places are taken");
        return new Crowd(over, waiting);
    }

    public async Task<Guid> MakePersonAsync()
    {
        var answer = await client.PostWithKeyAsync("/api/partners/sandbox/people", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    /// <summary>Something happens to a synthetic person.</summary>
    /// <param name="person">Whom.</param>
    /// <param name="what">failed-order, correction, closure, withdrawal or erasure.</param>
    public async Task LetAsync(Guid person, string what)
    {
        var answer = await client.PostWithKeyAsync($"/api/partners/sandbox/people/{person}/{what}", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>What it was told by duty, and has not acknowledged.</summary>
    public async Task<IReadOnlyList<string>> OwedAsync()
    {
        var answer = await client.GetAsync("/api/partners/deliveries?limit=100");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return
        [
            .. from line in (await answer.JsonAsync())["items"]!.AsArray()
               let type = (string)line!["type"]!
               where type.StartsWith("com.eperfect.customer.", StringComparison.Ordinal)
                   && type != "com.eperfect.customer.shared.v1" && line["acknowledgedAt"] is null
               select type,
        ];
    }

    /// <summary>What is agreed with it, and what stands still.</summary>
    public async Task<JsonObject> AgreementAsync() => await (await client.GetAsync("/api/partners/agreement")).JsonAsync();

    /// <summary>Has what it may hear of posted.</summary>
    /// <param name="webhook">Where it listens.</param>
    public async Task ListenAsync(Uri webhook)
    {
        (await client.PutAsync("/api/partners/webhook", new { url = webhook })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.PostWithKeyAsync("/api/partners/webhook/secret", new { })).EnsureSuccessStatusCode();
    }

    /// <summary>Has what it may hear of posted, and put into a queue of its own.</summary>
    /// <param name="webhook">Where it listens.</param>
    public async Task TakeAsync(Uri webhook)
    {
        await ListenAsync(webhook);
        (await client.PostWithKeyAsync("/api/partners/queue", new { })).EnsureSuccessStatusCode();
    }

    public void Dispose() => client.Dispose();

    private async Task WaitAsync(string after, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var answer = await client.GetAsync($"/api/partners/feed?after={after}&wait=25", over);
            if (!answer.IsSuccessStatusCode) await Task.Delay(TimeSpan.FromMilliseconds(500), over);
        }
    }

    private sealed class Crowd(CancellationTokenSource over, Task[] waiting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);
            over.Dispose();
        }
    }
}
