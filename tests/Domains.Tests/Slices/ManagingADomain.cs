using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Slices;

[Collection<DomainsCollection>]
public sealed class ManagingADomain(DomainsService domains)
{
    private static readonly object Others = new { nameservers = new[] { "A.dns.example", "b.dns.example." } };

    [Fact]
    public async Task Given_other_nameservers_Then_the_registry_and_the_domain_have_them()
    {
        await domains.RegisterAsync("delegated.com");

        var accepted = await domains.Client.PutAsync("/api/domains/delegated.com/nameservers", Others, "\"2\"");

        accepted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        accepted.Headers.ETag!.Tag.ShouldBe("\"3\"");
        await Until.TrueAsync(
            async () => await NameserversAsync("delegated.com") == "a.dns.example b.dns.example", "the change is done");
        (await domains.QueryAsync(
            "select array_to_string(nameservers, ' ') from registry.domains where name = 'delegated.com'"))
            .ShouldBe(["a.dns.example b.dns.example"]);
        (await domains.EventsOfAsync("delegated.com"))[2..]
            .ShouldBe(["nameserver_change_started", "nameservers_changed"]);
    }

    [Fact]
    public async Task Given_a_change_whose_answer_comes_too_late_Then_the_attempt_is_recorded_and_the_change_is_done()
    {
        const string path = "/api/domains/timeout-after-delegated.com/nameservers";
        await domains.RegisterAsync("timeout-after-delegated.com");

        await domains.Client.PutAsync(path, Others);
        (await domains.StatusAsync("timeout-after-delegated.com")).ShouldContain("pendingUpdate");
        var second = await domains.Client.PutAsync(
            path, new { nameservers = new[] { "c.dns.example", "d.dns.example" } });

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.ProblemCodeAsync()).ShouldBe("update-pending");
        await Until.TrueAsync(
            async () => await NameserversAsync("timeout-after-delegated.com") == "a.dns.example b.dns.example",
            "it is done");
        (await domains.EventsOfAsync("timeout-after-delegated.com"))[^3..].ShouldBe(
            ["nameserver_change_started", "nameserver_change_attempt_failed", "nameservers_changed"]);
    }

    [Fact]
    public async Task Given_what_cannot_be_done_Then_it_is_refused_and_nothing_changes()
    {
        await domains.RegisterAsync("steady.com");
        const string path = "/api/domains/steady.com/nameservers";

        await Expect(await domains.Client.PutAsync(path, Others, "\"1\""), 412, "stale-version");
        await Expect(
            await domains.Client.PutAsync(path, new { nameservers = new[] { "a.example" } }), 422, "nameservers-count");
        await Expect(
            await domains.Client.PutAsync(path, new { nameservers = new[] { "a.example", "b_c.example" } }),
            422, "nameserver-invalid");
        await Expect(
            await domains.Client.PutAsync(path, new { nameservers = (string[]?)null }), 400, "malformed-request");
        await Expect(await domains.Client.PutAsync(path, new { hosts = Array.Empty<string>() }), 400, "unknown-field");
        await Expect(await domains.Client.PutAsync("/api/domains/unknown.com/nameservers", Others), 404, "not-found");
        await Expect(
            await domains.Client.PutAsync("/api/domains/a%20b.com/nameservers", Others), 422, "domain-name-invalid");

        (await domains.EventsOfAsync("steady.com")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_history_tells_the_holder_nothing_of_who_else_wanted_the_name()
    {
        await domains.RequestAsync("wanted.com", contact: Guid.CreateVersion7());
        await Until.TrueAsync(
            async () => (await domains.EventsOfAsync("wanted.com")).Contains("registration_failed"), "the first is refused");
        await domains.RegisterAsync("wanted.com");
        await domains.RequestAsync("wanted.com");
        await domains.Client.PutAsync("/api/domains/wanted.com/nameservers", Others);
        await Until.TrueAsync(
            async () => (await domains.EventsOfAsync("wanted.com")).Contains("nameservers_changed"), "the change is done");

        var history = JsonNode.Parse(
            await domains.Client.GetStringAsync("/api/domains/wanted.com/history", TestContext.Current.CancellationToken))!;

        history.AsArray().Select(entry => (entry!["version"]!.GetValue<int>(), entry["event"]!.GetValue<string>())).ShouldBe(
        [
            (3, "registration_started"), (4, "domain_registered"), (6, "nameserver_change_started"), (7, "nameservers_changed"),
        ]);
    }

    [Fact]
    public async Task Given_names_that_are_not_here_Then_404_and_what_is_no_name_422()
    {
        await Expect(await domains.Client.GetAsync("/api/domains/unknown.com"), 404, "not-found");
        await Expect(await domains.Client.GetAsync("/api/domains/unknown.com/history"), 404, "not-found");
        await Expect(await domains.Client.GetAsync("/api/domains/a%20b.com"), 422, "domain-name-invalid");
        await Expect(await domains.Client.GetAsync("/api/domains/a%20b.com/history"), 422, "domain-name-invalid");
    }

    [Fact]
    public async Task An_accounts_domains_are_listed_page_by_page_the_newest_first()
    {
        var account = Guid.CreateVersion7();
        for (var i = 1; i <= 5; i++) await domains.RegisterAsync($"listed-{i}.com", account);
        await domains.RegisterAsync("somebody-elses.com");

        var names = new List<string>();
        var cursor = "";
        do
        {
            var answer = await domains.Client.GetAsync($"/api/domains?accountId={account}&limit=2{cursor}");
            var page = await answer.JsonAsync();
            names.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            cursor = page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        names.ShouldBe(["listed-5.com", "listed-4.com", "listed-3.com", "listed-2.com", "listed-1.com"]);
        await Expect(await domains.Client.GetAsync("/api/domains"), 400, "malformed-request");
        await Expect(await domains.Client.GetAsync("/api/domains?accountId=x"), 400, "malformed-request");
        await Expect(await domains.Client.GetAsync($"/api/domains?accountId={account}&cursor=x"), 400, "cursor-invalid");
        await Expect(await domains.Client.GetAsync($"/api/domains?accountId={account}&limit=101"), 400, "limit-invalid");
    }

    private async Task<string> NameserversAsync(string name)
    {
        var domain = await (await domains.Client.GetAsync($"/api/domains/{name}")).JsonAsync();
        return string.Join(' ', domain["nameservers"]!.AsArray().Select(host => host!.GetValue<string>()));
    }

    private static async Task Expect(HttpResponseMessage answer, int status, string code)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }
}
