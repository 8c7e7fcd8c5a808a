using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

public sealed class FilingOverHttp(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private readonly Guid account = Guid.CreateVersion7();

    private string Path => $"/api/privacy/people/{account}/requests";

    [Fact]
    public async Task An_owner_who_just_signed_in_is_served_at_once_and_a_repeat_is_the_same_request()
    {
        var key = Guid.NewGuid().ToString("N");
        var first = await privacy.Client.PostWithKeyAsync(Path, new { kind = "rectification" }, key);
        var again = await privacy.Client.PostWithKeyAsync(Path, new { kind = "rectification" }, key);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        var read = await privacy.ReadAsync(first.Headers.Location!.OriginalString);
        read["state"]!.GetValue<string>().ShouldBe("in-progress");
        read["verifiedBy"]!.GetValue<string>().ShouldBe("recent-sign-in");
        read["filedBy"]!.GetValue<string>().ShouldBe("owner");
        (await privacy.ReadAsync(Path))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_owner_who_signed_in_long_ago_waits_and_staff_cannot_start_it_unverified()
    {
        using var owner = Owner(signedIn: TimeSpan.FromHours(1));
        using var officer = Staff("privacy-officer");
        var filed = await owner.PostWithKeyAsync(Path, new { kind = "access" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await filed.JsonAsync())["state"]!.GetValue<string>().ShouldBe("acknowledged");
        var request = filed.Headers.Location!.OriginalString;

        var start = await officer.PostWithKeyAsync($"{request}/start", new { });
        (start.StatusCode, await start.ProblemCodeAsync()).ShouldBe(((HttpStatusCode)428, "identity-not-verified"));
        var verify = await owner.PostWithKeyAsync($"{request}/verification", new { });
        (verify.StatusCode, await verify.ProblemCodeAsync()).ShouldBe(((HttpStatusCode)428, "identity-not-verified"));

        using var fresh = Owner(signedIn: TimeSpan.Zero, factor: true);
        (await fresh.PostWithKeyAsync($"{request}/verification", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var read = await privacy.ReadAsync(request);
        (read["state"]!.GetValue<string>(), read["verifiedBy"]!.GetValue<string>())
            .ShouldBe(("in-progress", "second-factor"));
    }

    [Fact]
    public async Task Staff_files_for_an_agent_acknowledges_verifies_starts_extends_and_refuses()
    {
        await KnownAsync();
        using var officer = Staff("privacy-officer");
        var filed = await officer.PostWithKeyAsync(
            Path,
            new
            {
                kind = "rectification",
                regime = "ccpa",
                mandate = "power of attorney 7",
                receivedAt = "2026-01-30T10:00:00Z",
            });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var request = filed.Headers.Location!.OriginalString;
        (await StateAsync(request)).ShouldBe("filed");

        await DoneAsync(officer, $"{request}/acknowledgement", new { });
        (await StateAsync(request)).ShouldBe("acknowledged");
        await DoneAsync(officer, $"{request}/verification", new { method = "document-checked" });
        (await StateAsync(request)).ShouldBe("acknowledged");
        var early = await officer.PostWithKeyAsync($"{request}/start", new { });
        (early.StatusCode, await early.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.PreconditionRequired, "mandate-not-checked"));
        await DoneAsync(officer, $"{request}/verification", new { method = "mandate-checked" });
        (await StateAsync(request)).ShouldBe("verified");
        await DoneAsync(officer, $"{request}/start", new { });
        (await StateAsync(request)).ShouldBe("in-progress");
        var late = await officer.PostWithKeyAsync($"{request}/extension", new { reason = "complexity" });
        (await late.ProblemCodeAsync()).ShouldBe("extension-too-late");
        await DoneAsync(officer, $"{request}/refusal", new { ground = "manifestly-unfounded" });
        (await StateAsync(request)).ShouldBe("refused");
        var over = await officer.PostWithKeyAsync($"{request}/start", new { });
        (over.StatusCode, await over.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "request-over"));
        // What the agent showed is sealed: nowhere in clear.
        (await DatabaseText.TablesWithAsync(privacy.Running.Database.Admin, "power of attorney 7")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_strangers_request_is_answered_like_one_about_nobody()
    {
        var filed = await privacy.Client.PostWithKeyAsync(Path, new { kind = "access" });
        var request = filed.Headers.Location!.OriginalString;
        using var stranger = privacy.Running.As(privacy.Running.Issuer.Owner(Guid.CreateVersion7()));
        using var support = Staff("support");

        foreach (var path in new[] { request, $"{Path}/{Guid.CreateVersion7()}", Path })
            (await stranger.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        var theirs = await BodyAsync(await stranger.PostWithKeyAsync(Path, new { kind = "erasure" }));
        var nobody = await BodyAsync(await support.PostWithKeyAsync(
            $"/api/privacy/people/{Guid.CreateVersion7()}/requests", new { kind = "erasure" }));
        theirs.ShouldBe(nobody);
        // Another person's request is not found under one's own address.
        var other = Guid.CreateVersion7();
        var own = await privacy.Client.GetAsync($"/api/privacy/people/{other}/requests/{request.Split('/')[^1]}");
        own.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"kind":"revenge"}""", 400, "malformed-request")]
    [InlineData("""{"kind":"access","regime":"moon"}""", 422, "regime-unknown")]
    [InlineData("""{"kind":"access","mandate":"mine"}""", 422, "mandate-not-yours")]
    [InlineData("""{"kind":"access","receivedAt":"2020-01-01T00:00:00Z"}""", 422, "received-in-future")]
    [InlineData("""{"kind":"access","name":"Ann"}""", 400, "unknown-field")]
    [InlineData("{}", 400, "malformed-request")]
    public async Task What_is_wrong_is_named(string body, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString("N") } },
        };
        var answer = await privacy.Client.SendAsync(request);
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Fact]
    public async Task An_opt_out_takes_effect_in_the_same_moment_and_is_done()
    {
        var person = $"/api/privacy/people/{account}";
        await privacy.Client.PutAsync($"{person}/consents/partner-sharing", new { given = true, policySet = 1 });

        var filed = await privacy.Client.PostWithKeyAsync(Path, new { kind = "opt-out", regime = "ccpa" });

        (await filed.JsonAsync())["state"]!.GetValue<string>().ShouldBe("done");
        var consents = (await privacy.ReadAsync($"{person}/consents"))["consents"]!.AsArray();
        consents.ShouldAllBe(consent => !consent!["given"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_officers_list_holds_what_is_open_and_nobody_else_sees_it()
    {
        var filed = await privacy.Client.PostWithKeyAsync(Path, new { kind = "access" });
        var id = (await filed.JsonAsync())["id"]!.GetValue<Guid>();
        using var officer = Staff("privacy-officer");
        using var support = Staff("support");

        (await ListAsync(officer, "open")).ShouldContain(id);
        (await ListAsync(officer, "in-progress")).ShouldContain(id);
        (await ListAsync(officer, "done")).ShouldNotContain(id);
        (await support.GetAsync("/api/privacy/requests")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var wrong = await officer.GetAsync("/api/privacy/requests?state=lost");
        ((int)wrong.StatusCode, await wrong.ProblemCodeAsync()).ShouldBe((422, "request-state-unknown"));
    }

    private static async Task<List<Guid>> ListAsync(HttpClient officer, string state)
    {
        var found = new List<Guid>();
        for (string? next = ""; next is not null;)
        {
            var page = await (await officer.GetAsync($"/api/privacy/requests?state={state}&limit=100{next}")).JsonAsync();
            found.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<Guid>()));
            next = page["next"] is { } cursor ? $"&cursor={cursor}" : null;
        }

        return found;
    }

    private async Task<string> StateAsync(string request)
    {
        using var officer = Staff("privacy-officer");
        return (await (await officer.GetAsync(request)).JsonAsync())["state"]!.GetValue<string>();
    }

    private static async Task DoneAsync(HttpClient client, string path, object body)
    {
        var answer = await client.PostWithKeyAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        var body = (await answer.Content.ReadAsStringAsync()).Replace(answer.Headers.GetValues("Trace-Id").Single(), "");
        return $"{(int)answer.StatusCode} {JsonNode.Parse(body)!["detail"]} {JsonNode.Parse(body)!["type"]}";
    }

    private Task<HttpResponseMessage> KnownAsync() => privacy.Client.PutAsync(
        $"/api/privacy/people/{account}/consents/direct-mail", new { given = true, policySet = 1 });

    private HttpClient Staff(string role) => privacy.Running.As(privacy.Running.Issuer.Token(staff: [role]));

    private HttpClient Owner(TimeSpan signedIn, bool factor = false) => privacy.Running.As(privacy.Running.Issuer.Token(
        accounts: [$"{account:D}:owner"],
        claims: claims =>
        {
            claims["auth_time"] = (DateTimeOffset.UtcNow - signedIn).ToUnixTimeSeconds();
            if (factor) claims["amr"] = new JsonArray("pwd", "otp", "mfa");
        }));
}
