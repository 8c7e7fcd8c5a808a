using System.Net;
using System.Text;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Slices;

[Collection<DomainsCollection>]
public sealed class KeepingContacts(DomainsService domains)
{
    private static readonly Guid Account = Guid.CreateVersion7();

    [Fact]
    public async Task A_contact_is_answered_by_its_id_alone_and_read_back_whole()
    {
        var created = await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(Account));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await created.JsonAsync();
        body.Select(member => member.Key).ShouldBe(["id"]);
        created.Headers.Location!.OriginalString.ShouldBe($"/api/domains/contacts/{body["id"]}");

        var read = await domains.Client.GetAsync(created.Headers.Location);
        var contact = await read.JsonAsync();
        read.Headers.CacheControl!.NoStore.ShouldBeTrue();
        read.Headers.ETag!.Tag.ShouldBe("\"1\"");
        contact["name"]!.GetValue<string>().ShouldBe("Ada Example-Registrant");
        contact["phone"]!.GetValue<string>().ShouldBe("+441632960123");
        contact["address"]!["country"]!.GetValue<string>().ShouldBe("GB");
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_contact_and_another_body_is_refused()
    {
        const string path = "/api/domains/contacts";
        var eve = DomainsService.Contact(Account, "eve@registrant.example");

        var first = await domains.Client.PostWithKeyAsync(path, DomainsService.Contact(Account), "key-1");
        var again = await domains.Client.PostWithKeyAsync(path, DomainsService.Contact(Account), "key-1");
        var other = await domains.Client.PostWithKeyAsync(path, eve, "key-1");

        again.Headers.Location.ShouldBe(first.Headers.Location);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact, Control("S13")]
    public async Task A_contact_is_corrected_by_who_has_seen_its_last_version()
    {
        var path = $"/api/domains/contacts/{await domains.RegisterContactAsync(Account)}";
        var correction = new
        {
            name = "Ada Corrected",
            email = "ada@corrected.example",
            phone = "+12025550123",
            address = new { street = new[] { "2 New Street" }, city = "Paris", country = "FR" },
        };

        (await domains.Client.PutAsync(path, correction, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var stale = await domains.Client.PutAsync(path, correction, "\"1\"");

        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var contact = await (await domains.Client.GetAsync(path)).JsonAsync();
        contact["name"]!.GetValue<string>().ShouldBe("Ada Corrected");
        contact.ContainsKey("organisation").ShouldBeFalse();
    }

    [Fact]
    public async Task An_erased_contact_is_gone_and_no_new_one_is_made_for_the_person()
    {
        var person = Guid.CreateVersion7();
        var path = $"/api/domains/contacts/{await domains.RegisterContactAsync(person)}";
        var vault = domains.Service.Services.GetRequiredService<Vault>();
        await vault.ShredAsync(person, DataGroup.Contact, Guid.CreateVersion7(), TestContext.Current.CancellationToken);

        var read = await domains.Client.GetAsync(path);
        var created = await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(person));

        read.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await read.ProblemCodeAsync()).ShouldBe("erased");
        created.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("technical", null, "technical", "role:technical")]
    [InlineData(null, "ticket:7", "staff/support", "ticket:7")]
    public async Task Who_reads_a_contact_without_being_the_person_is_on_record(
        string? member, string? ground, string role, string recorded)
    {
        var account = Guid.CreateVersion7();
        var path = $"/api/domains/contacts/{await domains.RegisterContactAsync(account)}";
        var issuer = domains.Service.Issuer;
        using var reader = domains.Service.As(member is null
            ? issuer.Token(staff: ["support"])
            : issuer.Token(accounts: [$"{account:D}:{member}"]));
        if (member is null)
        {
            (await (await reader.GetAsync(path)).ProblemCodeAsync()).ShouldBe("ground-required");
            reader.DefaultRequestHeaders.Add("Opening-Purpose", "support");
            reader.DefaultRequestHeaders.Add("Opening-Ground", ground);
        }

        (await reader.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await domains.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, "the owner, whose own it is");

        var all = await domains.Service.Services.OpeningsAsync(TestContext.Current.CancellationToken);
        var opened = all.Single(one => one.AccountId == account);
        (opened.Role, opened.Ground, opened.Groups.Single()).ShouldBe((role, recorded, "contact"));
    }

    [Theory, Control("S5/no-card-number")]
    [InlineData("""{"accountId":""", 400, "malformed-request")]
    [InlineData("""{}""", 400, "malformed-request")]
    [InlineData("""GOOD,"nickname":"a"}""", 400, "unknown-field")]
    [InlineData("""GOOD,"registrant":{}}""", 400, "unknown-field")]
    [InlineData("""GOOD}""", 422, "publicity-not-acknowledged")]
    [InlineData("""GOOD,"publicityAcknowledged":false}""", 422, "publicity-not-acknowledged")]
    [InlineData("""GOOD,"organisation":"4111 1111 1111 1111"}""", 422, "card-number-refused")]
    [InlineData("""GOOD,"publicityAcknowledged":"yes"}""", 400, "malformed-request")]
    public async Task A_body_that_breaks_a_rule_is_refused(string body, int status, string code)
    {
        const string good = """
            {"accountId":"0195a000-0000-7000-8000-00000000000a","name":"A","email":"a@b.example",
            "phone":"+441632960123","address":{"street":["1"],"city":"L","country":"GB"}
            """;
        var answer = await PostAsync(body.Replace("GOOD", good, StringComparison.Ordinal), "application/json");

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Requests_of_the_wrong_form_get_their_problem()
    {
        (await PostAsync("name=a", "application/x-www-form-urlencoded")).StatusCode
            .ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync($"{{\"name\":\"{new string('a', 70_000)}\"}}", "application/json")).StatusCode
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var keyless = await domains.Client.PostAsync(
            "/api/domains/contacts", new StringContent("{}", Encoding.UTF8, "application/json"));
        (await keyless.ProblemCodeAsync()).ShouldBe("idempotency-key-missing");
        (await domains.Client.GetAsync($"/api/domains/contacts/{Guid.CreateVersion7()}")).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
        (await domains.Client.PutAsync($"/api/domains/contacts/{Guid.CreateVersion7()}", new
        {
            name = "A",
            email = "a@b.example",
            phone = "+441632960123",
            address = new { street = new[] { "1" }, city = "L", country = "GB" },
        })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/domains/contacts");
        request.Content = new StringContent(body, Encoding.UTF8, type);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return domains.Client.SendAsync(request);
    }
}
