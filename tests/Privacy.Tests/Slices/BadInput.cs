using System.Net;
using System.Text;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Whatever is sent, the answer names the rule and nothing is changed.</summary>
public sealed class BadInput(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    [Theory]
    [InlineData("{\"policySet\":2}", 422, "policy-set-unknown")]
    [InlineData("{\"policySet\":0}", 422, "policy-set-unknown")]
    [InlineData("{\"policySet\":-1}", 422, "policy-set-unknown")]
    [InlineData("{\"policySet\":\"1\"}", 400, "malformed-request")]
    [InlineData("{\"policySet\":1,\"name\":\"Ann\"}", 400, "unknown-field")]
    [InlineData("{\"policySet\":4111111111111111}", 422, "card-number-refused")]
    [InlineData("{}", 400, "malformed-request")]
    [InlineData("", 400, "malformed-request")]
    public Task Acknowledging(string body, int status, string code) =>
        Expect(status, code, HttpMethod.Post, $"{PrivacyService.NewPerson()}/acknowledgements", body);

    [Theory]
    [InlineData("direct-mail", "{\"given\":true,\"policySet\":2}", 422, "policy-set-unknown")]
    [InlineData("direct-mail", "{\"given\":false,\"policySet\":2}", 422, "policy-set-unknown")]
    [InlineData("surveillance", "{\"given\":true,\"policySet\":1}", 422, "purpose-unknown")]
    [InlineData("direct-mail", "{\"given\":\"yes\",\"policySet\":1}", 400, "malformed-request")]
    [InlineData("direct-mail", "{\"given\":true}", 400, "malformed-request")]
    [InlineData("direct-mail", "{\"given\":true,\"policySet\":1,\"channel\":\"phone\"}", 400, "unknown-field")]
    [InlineData("direct-mail", "{", 400, "malformed-request")]
    public Task Consenting(string purpose, string body, int status, string code) =>
        Expect(status, code, HttpMethod.Put, $"{PrivacyService.NewPerson()}/consents/{purpose}", body);

    [Fact]
    public async Task Requests_of_the_wrong_form()
    {
        var path = $"{PrivacyService.NewPerson()}/acknowledgements";
        await Expect(415, "media-type-not-supported", HttpMethod.Post, path, "policySet=1", "text/plain");
        await Expect(413, "body-too-large", HttpMethod.Post, path, new string(' ', 70_000));
        await Expect(400, "idempotency-key-missing", HttpMethod.Post, path, "{\"policySet\":1}", key: null);
        await Expect(404, "not-found", HttpMethod.Post, "/api/privacy/people/ann/acknowledgements", "{}");
        await Expect(404, "not-found", HttpMethod.Get, path, body: null);
        await Expect(404, "not-found", HttpMethod.Get, $"{PrivacyService.NewPerson()}/consents", body: null);
    }

    [Fact]
    public async Task A_stale_version()
    {
        var path = $"{PrivacyService.NewPerson()}/consents/direct-mail";
        await privacy.Client.PutAsync(path, new { given = true, policySet = 1 });
        await privacy.Client.PutAsync(path, new { given = false, policySet = 1 }, "\"1\"");

        var stale = await privacy.Client.PutAsync(path, new { given = true, policySet = 1 }, "\"1\"");

        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await stale.ProblemCodeAsync()).ShouldBe("stale-version");
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_body()
    {
        var path = $"{PrivacyService.NewPerson()}/acknowledgements";
        await privacy.Client.PostWithKeyAsync(path, new { policySet = 1 }, "one-key");
        await Expect(422, "idempotency-key-reused", HttpMethod.Post, path, "{\"policySet\":2}", key: "one-key");
    }

    private async Task Expect(
        int status,
        string code,
        HttpMethod method,
        string path,
        string? body,
        string type = "application/json",
        string? key = "")
    {
        var before = await EventsAsync();
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        if (key is not null) request.Headers.Add("Idempotency-Key", key.Length > 0 ? key : Guid.NewGuid().ToString());

        var answer = await privacy.Client.SendAsync(request);

        answer.StatusCode.ShouldBe((HttpStatusCode)status, await answer.Content.ReadAsStringAsync());
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        (await EventsAsync()).ShouldBe(before);
    }

    private async Task<long> EventsAsync()
    {
        await using var source = NpgsqlDataSource.Create(privacy.Running.Database.Admin);
        await using var count = source.CreateCommand("select count(*) from store.mt_events");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
