using System.Net;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.PartnerSteps;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Partners and agreements over HTTP.</summary>
public sealed class KeepingTheRegistry(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact]
    public async Task From_registering_to_an_agreement_in_force()
    {
        var partner = await Privacy.RegisterAsync();
        (await Privacy.PartnerAsync(partner))["state"]!.GetValue<string>().ShouldBe("registered");

        await Privacy.AgreeAsync(partner, version: 1);

        var read = await Privacy.PartnerAsync(partner);
        read["state"]!.GetValue<string>().ShouldBe("active");
        read["agreement"]!["version"]!.GetValue<int>().ShouldBe(1);
        read["agreement"]!["since"]!.GetValue<long>().ShouldBeGreaterThan(0, "the place in the store from which on it holds");
        using var staff = Privacy.Staff("operator");
        var list = await (await staff.GetAsync(Registry, Token)).JsonAsync();
        list["items"]!.AsArray().ShouldContain(
            line => (string)line!["state"]! == "active" && partner.EndsWith((string)line["id"]!));
    }

    [Fact]
    public async Task Suspended_the_place_where_it_stopped_is_told_and_stays_the_same()
    {
        var partner = await Privacy.AgreeAsync();
        using var officer = Privacy.Staff("privacy-officer");
        (await officer.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        var at = (await Privacy.PartnerAsync(partner))["stopped"]!["position"]!.GetValue<long>();
        (await officer.PostWithKeyAsync($"{partner}/suspension", new { reason = "requested" })).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        var stopped = (await Privacy.PartnerAsync(partner))["stopped"]!;
        (stopped["position"]!.GetValue<long>(), (string)stopped["reason"]!).ShouldBe((at, "security"));
        (await officer.DeleteAsync($"{partner}/suspension", Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Privacy.PartnerAsync(partner))["state"]!.GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task Two_who_approve_at_once_put_it_in_force_once()
    {
        var partner = await Privacy.RegisterAsync();
        using var proposer = Privacy.Staff("operator");
        (await proposer.PostWithKeyAsync($"{partner}/proposals", Terms)).EnsureSuccessStatusCode();

        var answers = await Task.WhenAll(new[] { "privacy-officer", "legal", "privacy-officer", "legal" }.Select(async role =>
        {
            using var staff = Privacy.Staff(role);
            return (await staff.PostWithKeyAsync($"{partner}/approvals", new { version = 1 })).StatusCode;
        }));

        answers.Count(status => status == HttpStatusCode.NoContent).ShouldBe(2);
        (await Privacy.PartnerAsync(partner))["state"]!.GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task Whoever_narrows_an_outdated_version_is_told_so()
    {
        var partner = await Privacy.AgreeAsync();
        using var staff = Privacy.Staff("legal");

        var stale = await staff.PutAsync($"{partner}/agreement", Terms, ifMatch: "\"1\"");

        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("""{"company":"","kind":"other","mode":"live","erasureContact":"a@b.example"}""", 422, "partner-name-invalid")]
    [InlineData("""{"company":"A","kind":"other","mode":"live","erasureContact":"nobody"}""", 422, "email-invalid")]
    [InlineData("""{"company":"A","kind":"friend","mode":"live","erasureContact":"a@b.example"}""", 400, "malformed-request")]
    [InlineData(
        """{"company":"A","kind":"other","mode":"live","erasureContact":"a@b.example","vip":true}""", 400, "unknown-field")]
    [InlineData(
        """
        {"company":"A","kind":"other","mode":"live","erasureContact":"a@b.example",
         "key":{"kty":"EC","crv":"P-256",
                "x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}
        """, 422, "partner-key-invalid")]
    [InlineData(
        """
        {"company":"A","kind":"other","mode":"live","erasureContact":"a@b.example",
         "key":{"kty":"RSA","crv":"P-256","x":"!","y":""}}
        """, 422, "partner-key-invalid")]
    public async Task A_registration_that_is_wrong_is_refused_by_name(string body, int status, string code)
    {
        using var staff = Privacy.Staff("operator");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Registry) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));

        var answer = await staff.SendAsync(request, Token);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("""{"purposes":[null],"categories":["account"],"events":[],"legalBasis":"consent","retentionDays":9}""")]
    [InlineData("""{"purposes":["partner-sharing"],"categories":[null],"events":[],"legalBasis":"consent","retentionDays":9}""")]
    [InlineData(
        """
        {"purposes":["partner-sharing"],"categories":["account"],"events":[null],
         "legalBasis":"consent","retentionDays":9}
        """)]
    [InlineData(
        """
        {"purposes":["partner-sharing"],"categories":["account"],
         "events":[{"type":"com.eperfect.order.placed.v1","fields":[null]}],"legalBasis":"consent","retentionDays":9}
        """)]
    public async Task A_proposal_that_lists_nothing_in_place_of_something_is_malformed(string body)
    {
        using var staff = Privacy.Staff("operator");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{await Privacy.RegisterAsync()}/proposals");
        request.Content = content;
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));

        var answer = await staff.SendAsync(request, Token);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((400, "malformed-request"));
    }

    [Fact]
    public async Task The_contact_for_erasures_rests_sealed_and_reading_it_is_on_record()
    {
        var mailbox = $"{Guid.NewGuid():N}@partner.example";
        var partner = await Privacy.RegisterAsync(
            new { company = "A", kind = "other", mode = "live", erasureContact = mailbox });
        using var officer = Privacy.Staff("privacy-officer");

        (await officer.GetAsync($"{partner}/erasure-contact", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        officer.DefaultRequestHeaders.Add("Opening-Purpose", "privacy-request");
        officer.DefaultRequestHeaders.Add("Opening-Ground", "ticket:1");
        var read = await (await officer.GetAsync($"{partner}/erasure-contact", Token)).JsonAsync();

        ((string)read["email"]!).ShouldBe(mailbox);
        (await DatabaseText.TablesWithAsync(Privacy.Database.Admin, mailbox, Token)).ShouldBeEmpty();
    }
}
