using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A partner's program that is a plain HTTP client.</summary>
internal sealed class PartnerClient : IDisposable
{
    private readonly HttpClient client;

    private PartnerClient(HttpClient client, string id, string secret) => (this.client, Id, Secret) = (client, id, secret);

    public string Id { get; }

    public string Secret { get; }

    public Uri Home => client.BaseAddress!;

    public static async Task<PartnerClient> SignInAsync(Uri gateway, string id, string secret)
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
        return new(http, id, secret);
    }

    /// <summary>All that the feed holds for it.</summary>
    public async Task<IReadOnlyList<JsonObject>> PullAsync()
    {
        var answer = await client.GetAsync("/api/partners/feed?limit=500");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await answer.JsonAsync())["events"]!.AsArray().Select(e => e!.AsObject())];
    }

    public async Task<Guid> MakePersonAsync()
    {
        var answer = await client.PostWithKeyAsync("/api/partners/sandbox/people", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    public async Task WithdrawAsync(Guid person)
    {
        var answer = await client.PostWithKeyAsync($"/api/partners/sandbox/people/{person}/withdrawal", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    public void Dispose() => client.Dispose();
}
