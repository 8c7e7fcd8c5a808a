using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Tests.Register;
using EPerfect.Privacy.Tests.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>The statuses that say why a person's data is not given, each with its stable code and what it tells beside
/// it.</summary>
public sealed class StatusesOfAnswers(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Until = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Guid person = Guid.CreateVersion7();

    private TestService Running => privacy.Running;

    private string Person => $"/api/privacy/people/{person}";

    public static TheoryData<string, int, string, string?, bool> Table => new()
    {
        { "erased", 410, "erased", null, false },
        { "kept by law", 423, "retained", "tax-law", true },
        { "kept for a court", 423, "retained", "case:2026-117", true },
        { "kept for a court without an end", 423, "retained", "case:2026-118", false },
        { "being erased", 409, "erasure-under-way", null, false },
        { "not verified", 428, "identity-not-verified", null, false },
        { "mandate not checked", 428, "mandate-not-checked", null, false },
        { "withheld by law", 451, "withheld-by-law", null, true },
        { "foreign", 404, "not-found", null, false },
        { "unknown", 404, "not-found", null, false },
    };

    [Theory, MemberData(nameof(Table))]
    public async Task Each_answer_has_its_code_and_says_no_more_than_it_may(
        string what, int status, string code, string? ground, bool hasEnd)
    {
        using var answer = await AskAsync(what);

        var problem = await answer.JsonAsync();
        ((int)answer.StatusCode, (string?)problem["code"], (string?)problem["type"])
            .ShouldBe((status, code, $"/problems/{code}"));
        ((string?)problem["ground"]).ShouldBe(ground);
        if (hasEnd) problem["until"]!.GetValue<DateTimeOffset>().ShouldBe(Until, TimeSpan.FromMilliseconds(1));
        else problem["until"].ShouldBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData(410, "erased")]
    [InlineData(423, "retained")]
    public async Task Of_who_was_erased_nothing_more_is_taken_down_and_nothing_begins(int status, string code)
    {
        using var owner = Owner();
        using var longAgo = LongAgo();
        var filed = await longAgo.PostWithKeyAsync($"{Person}/requests", new { kind = "access" });
        var open = filed.Headers.Location!.OriginalString;
        await HappenedAsync(new PersonErasureOrdered(person, DateTimeOffset.UtcNow));
        HeldBack[] held = status == 423 ? [new("billing", "tax-law", Until)] : [];
        await HappenedAsync(new PersonErased(person, held, DateTimeOffset.UtcNow));

        foreach (var answer in new[]
        {
            await owner.PutAsync($"{Person}/consents/direct-mail", new { given = true, policySet = 1 }),
            await owner.PutAsync($"{Person}/consents/direct-mail", new { given = false, policySet = 1 }),
            await owner.PostWithKeyAsync($"{Person}/acknowledgements", new { policySet = 1 }),
            await owner.PostWithKeyAsync($"{open}/verification", new { }),
        })
        {
            ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
        }

        // A browser goes on saying it, and is not troubled.
        using var gateway = Running.As(Running.Issuer.Owner(person));
        (await gateway.PutAsync($"{Person}/signals/global-privacy-control", new { })).IsSuccessStatusCode.ShouldBeTrue();
        await using var session = privacy.Get<Marten.IDocumentStore>().QuerySession();
        (await session.Events.FetchStreamAsync(person, token: Token)).Select(e => e.EventTypeName)
            .ShouldBe(["person_erasure_ordered", "person_erased"]);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/requests/{id}")]
    [InlineData("GET", "/exports/{id}")]
    [InlineData("GET", "/exports/{id}/archive")]
    [InlineData("GET", "/openings")]
    [InlineData("GET", "/openings/{id}/proof")]
    [InlineData("GET", "/disclosures")]
    [InlineData("POST", "/requests")]
    [InlineData("POST", "/requests/{id}/verification")]
    [InlineData("POST", "/requests/{id}/withdrawal")]
    public async Task What_belongs_to_another_is_answered_like_what_does_not_exist(string method, string path)
    {
        using var owner = Owner();
        var filed = await owner.PostWithKeyAsync($"{Person}/requests", new { kind = "access" });
        var request = filed.Headers.Location!.OriginalString[^36..];
        var export = ((string)(await filed.JsonAsync())["export"]!)[^36..];
        using var stranger = Running.As(Running.Issuer.Owner(Guid.CreateVersion7()));

        var foreign = await TextAsync(stranger, method, Person + path.Replace("{id}", path.Contains("exp") ? export : request));
        var unknown = await TextAsync(
            stranger, method, $"/api/privacy/people/{Guid.CreateVersion7()}" + path.Replace("{id}", $"{Guid.CreateVersion7()}"));

        foreign.ShouldBe(unknown);
        foreign.ShouldStartWith("404 ");
    }

    private Task<HttpResponseMessage> AskAsync(string what) => what switch
    {
        "erased" => OfErasedAsync(),
        "kept by law" => OfErasedAsync(new HeldBack("billing", "tax-law", Until)),
        "kept for a court" => OfErasedAsync(new HeldBack("identity", "case:2026-117", Until)),
        "kept for a court without an end" => OfErasedAsync(new HeldBack("identity", "case:2026-118", Until: null)),
        "being erased" => OfErasingAsync(),
        "not verified" => UnverifiedAsync(),
        "mandate not checked" => WithoutMandateAsync(),
        "withheld by law" => WithheldAsync(),
        "foreign" => Running.As(Running.Issuer.Owner(Guid.CreateVersion7())).GetAsync($"{Person}/openings", Token),
        _ => Owner().GetAsync($"{Person}/exports/{Guid.CreateVersion7()}", Token),
    };

    private async Task<HttpResponseMessage> OfErasedAsync(params HeldBack[] held)
    {
        await HappenedAsync(new PersonErasureOrdered(person, DateTimeOffset.UtcNow));
        await HappenedAsync(new PersonErased(person, held, DateTimeOffset.UtcNow));
        return await Owner().PostWithKeyAsync($"{Person}/requests", new { kind = "access" });
    }

    private async Task<HttpResponseMessage> OfErasingAsync()
    {
        (await Owner().PostWithKeyAsync($"{Person}/requests", new { kind = "erasure" })).EnsureSuccessStatusCode();
        return await Owner().PostWithKeyAsync($"{Person}/requests", new { kind = "access" });
    }

    private async Task<HttpResponseMessage> UnverifiedAsync()
    {
        using var longAgo = LongAgo();
        var filed = await longAgo.PostWithKeyAsync($"{Person}/requests", new { kind = "access" });
        return await longAgo.PostWithKeyAsync($"{filed.Headers.Location!.OriginalString}/verification", new { });
    }

    private async Task<HttpResponseMessage> WithoutMandateAsync()
    {
        await Running.KnownAsync(person);
        var officer = Running.Lawyer("privacy-officer");
        var filed = await officer.PostWithKeyAsync($"{Person}/requests", new { kind = "access", mandate = "attorney 17" });
        var request = filed.Headers.Location!.OriginalString;
        (await officer.PostWithKeyAsync($"{request}/verification", new { method = "callback" })).EnsureSuccessStatusCode();
        return await officer.PostWithKeyAsync($"{request}/start", new { });
    }

    private async Task<HttpResponseMessage> WithheldAsync()
    {
        await WithholdingSteps.WithholdAsync(Running, person, Until);
        var opened = RegisterService.Opened(person, "case:4711") with { Purpose = "legal" };
        var size = (await Running.TreeAsync()).Size;
        await Running.TellAsync(opened);
        await Running.UntilEnteredAsync(size + 1);
        return await Owner().GetAsync($"{Person}/openings/{opened.OpeningId}/proof", Token);
    }

    private HttpClient LongAgo() => Running.As(Running.Issuer.Token(
        accounts: [$"{person:D}:owner"],
        claims: claims => claims["auth_time"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()));

    private HttpClient Owner() => Running.As(Running.Issuer.Owner(person));

    private Task<Decision> HappenedAsync(object happened) => privacy.Get<Writer>().ChangeAsync<Person>(
        person, "test", _ => Decision.Of(happened), Token);

    private static async Task<string> TextAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = JsonContent.Create(new { });
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }

        using var answer = await client.SendAsync(request, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        if (body.Length == 0) return $"{(int)answer.StatusCode} ";
        var problem = JsonNode.Parse(body)!.AsObject();
        problem.Remove("traceId");
        return $"{(int)answer.StatusCode} {problem.ToJsonString()}";
    }
}
