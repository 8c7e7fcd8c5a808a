using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Policy;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Staff publishes; the policy's sentences and the people's notice stand in the way.</summary>
public sealed class PublishingVersions(PostgresServer postgres)
{
    private const string Policy = "/api/privacy/documents/privacy-policy";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S1")]
    public async Task In_Development_it_is_published_with_a_warning_that_names_the_open_sentences()
    {
        await using var privacy = await StartAsync();
        using var legal = Legal(privacy);

        var answer = await legal.PutAsync($"{Policy}/versions/2", await NextAsync(legal, DateTimeOffset.UtcNow.AddDays(1)));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        var warnings = (await answer.JsonAsync())["warnings"]!.AsArray().Select(x => x!.GetValue<string>()).ToList();
        warnings.ShouldContain("S24 (open)");
        warnings.ShouldContain("S15 (contradicted)");
        privacy.Log.Lines.ShouldContain(line => line.Contains("S24 (open)", StringComparison.Ordinal));
    }

    [Fact, Control("S1")]
    public async Task Without_the_binding_of_one_sentence_nothing_is_published_and_the_page_names_the_sentence()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (await StartAsync(database))
        {
        }

        await using var privacy = await StartAsync(
            database, configure: builder => builder.Services.AddSingleton(Controls.Shipped().Without("S5")));
        using var legal = Legal(privacy);

        var answer = await legal.PutAsync($"{Policy}/versions/2", await NextAsync(legal, DateTimeOffset.UtcNow.AddDays(1)));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemCodeAsync()).ShouldBe("policy-sentence-unbound");
        (await answer.JsonAsync())["detail"]!.GetValue<string>().ShouldContain("S5 (unbound)");
        var coverage = await (await legal.GetAsync("/api/privacy/policy/coverage", Token)).JsonAsync();
        coverage["counts"]!["unbound"]!.GetValue<int>().ShouldBe(1);
        coverage["sentences"]!.AsArray().Single(x => x!["state"]!.GetValue<string>() == "unbound")!["id"]!
            .GetValue<string>().ShouldBe("S5");
        (await legal.GetAsync($"{Policy}/versions/2", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Control("S1")]
    public async Task Outside_of_Development_nothing_is_published_that_is_open()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(database, configure: Production));
        refused.Message.ShouldStartWith("privacy-policy: policy-sentence-open.");
        await using (await StartAsync(database))
        {
        }

        await using var privacy = await StartAsync(database, configure: Production);
        using var legal = Legal(privacy);
        var answer = await legal.PutAsync($"{Policy}/versions/2", await NextAsync(legal, DateTimeOffset.UtcNow.AddDays(1)));

        (await answer.ProblemCodeAsync()).ShouldBe("policy-sentence-open");
        (await answer.JsonAsync())["detail"]!.GetValue<string>().ShouldContain("S24 (open)");
    }

    [Fact]
    public async Task Of_two_who_publish_the_same_version_at_once_one_has_and_a_repeat_changes_nothing()
    {
        await using var privacy = await StartAsync();
        using var legal = Legal(privacy);
        var path = "/api/privacy/documents/uce-policy/versions/2";
        var date = DateTimeOffset.UtcNow.AddDays(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => legal.PutAsync(
            path, new { text = $"Text {i % 2}.\n", materiality = "editorial", effectiveAt = date })));

        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(3);
        foreach (var lost in answers.Where(answer => !answer.IsSuccessStatusCode))
            (await lost.ProblemCodeAsync()).ShouldBe("document-changed");
        (await PublishedAsync(legal, "uce-policy")).ShouldBe(2);
    }

    [Theory]
    [InlineData("privacy-policy", 2, "material", 29, "document-notice-too-short", 422)]
    [InlineData("privacy-policy", 2, "editorial", -1, "document-notice-too-short", 422)]
    [InlineData("privacy-policy", 3, "material", 31, "document-version-skipped", 409)]
    [InlineData("privacy-policy", 1, "editorial", 1, "document-changed", 409)]
    [InlineData("privacy-policy", 2, "huge", 31, "materiality-unknown", 422)]
    [InlineData("cookie-policy", 2, "material", 31, "not-found", 404)]
    public async Task Bad_input(string kind, int version, string materiality, int days, string code, int status)
    {
        await using var privacy = await StartAsync();
        using var legal = Legal(privacy);
        var body = await NextAsync(legal, DateTimeOffset.UtcNow.AddDays(days), materiality);

        var answer = await legal.PutAsync($"/api/privacy/documents/{kind}/versions/{version}", body);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Fact]
    public async Task What_is_scheduled_is_not_overtaken()
    {
        await using var privacy = await StartAsync();
        using var legal = Legal(privacy);
        var (soon, later) = (DateTimeOffset.UtcNow.AddDays(1), DateTimeOffset.UtcNow.AddDays(40));
        await legal.PutAsync($"{Policy}/versions/2", await NextAsync(legal, later, "material"));

        var overtaking = await legal.PutAsync(
            "/api/privacy/documents/uce-policy/versions/2", new { text = "-", materiality = "editorial", effectiveAt = soon });

        (await overtaking.ProblemCodeAsync()).ShouldBe("policy-set-scheduled");
        (await PublishedAsync(legal, "uce-policy")).ShouldBe(1);
    }

    [Fact, Control("S3")]
    public async Task A_purpose_that_is_added_waits_for_each_persons_acceptance()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var issuer = await TestIssuer.StartAsync(clock, Token);
        await using var privacy = await StartAsync(clock: clock, issuer: issuer);
        var person = PrivacyService.NewPerson();
        await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 });
        using (var legal = Legal(privacy))
        {
            var next = await NextAsync(legal, clock.GetUtcNow().AddDays(31), "wider-purpose");
            next["purposes"] = new JsonArray([.. DeclaredPurposes.Read(1)
                .Append(new("research", Bases.Contract, ["account"], "To see what is used."))
                .Select(purpose => JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(
                    purpose, System.Text.Json.JsonSerializerOptions.Web)))]);
            foreach (var purpose in next["purposes"]!.AsArray())
                if (purpose!["balancingTest"] is null) purpose.AsObject().Remove("balancingTest");
            var published = await legal.PutAsync($"{Policy}/versions/2", next);
            published.StatusCode.ShouldBe(HttpStatusCode.OK, await published.Content.ReadAsStringAsync(Token));
        }

        clock.Advance(TimeSpan.FromDays(32));
        (await RuleAsync(privacy, person)).ShouldBe("purpose-not-accepted");
        (await NoticesAsync(privacy, person)).ShouldBe("1: 2 needs acceptance");
        (await privacy.Client.PutAsync($"{person}/notices/2", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RuleAsync(privacy, person)).ShouldBe("purpose-not-accepted");

        await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 2 });

        (await RuleAsync(privacy, person)).ShouldBe("contract");
        (await NoticesAsync(privacy, person)).ShouldBe("2: ");
        (await privacy.Client.PutAsync($"{person}/notices/3", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> RuleAsync(TestService privacy, string person) =>
        (await (await privacy.Client.GetAsync($"{person}/decisions?purpose=research&category=account", Token)).JsonAsync())
            ["rule"]!.GetValue<string>();

    private static async Task<string> NoticesAsync(TestService privacy, string person)
    {
        var notices = await (await privacy.Client.GetAsync($"{person}/notices", Token)).JsonAsync();
        return $"{notices["boundBy"]}: " + string.Join(
            ", ", notices["pending"]!.AsArray().Select(x => $"{x!["version"]} needs {x["needs"]}"));
    }

    private static async Task<JsonObject> NextAsync(
        HttpClient client, DateTimeOffset effectiveAt, string materiality = "editorial")
    {
        var text = await client.GetStringAsync($"{Policy}/versions/1", Token) + "\n";
        return new JsonObject { ["text"] = text, ["materiality"] = materiality, ["effectiveAt"] = effectiveAt };
    }

    private static async Task<int> PublishedAsync(HttpClient client, string kind) =>
        (await (await client.GetAsync("/api/privacy/documents", Token)).JsonAsync())["documents"]!.AsArray()
            .Single(document => document!["document"]!.GetValue<string>() == kind)!["versions"]!.AsArray().Count;

    private static HttpClient Legal(TestService privacy) => privacy.As(privacy.Issuer.Token(staff: ["legal"]));

    private static void Production(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production });

    private Task<TestService> StartAsync(
        TestDatabase? database = null,
        TimeProvider? clock = null,
        TestIssuer? issuer = null,
        Action<WebApplicationBuilder>? configure = null) => TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            database: database,
            clock: clock,
            configure: configure,
            issuer: issuer,
            cancellationToken: Token);
}
