using System.Net;
using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Slices;

[Collection<DomainsCollection>]
public sealed class RegisteringADomain(DomainsService domains)
{
    [Fact]
    public async Task Given_a_paid_order_Then_the_name_is_registered_and_can_be_read()
    {
        var asked = await domains.RegisterAsync("first-shop.com");

        var answer = await domains.Client.GetAsync("/api/domains/First-Shop.COM.");
        var domain = await answer.JsonAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        domain["name"]!.GetValue<string>().ShouldBe("first-shop.com");
        domain["accountId"]!.GetValue<Guid>().ShouldBe(asked.AccountId);
        domain["registrantContactId"]!.GetValue<Guid>().ShouldBe(asked.RegistrantContactId);
        domain["nameservers"]!.AsArray().Count.ShouldBe(2);
        var registered = domain["registeredAt"]!.GetValue<DateTimeOffset>();
        domain["expiresAt"]!.GetValue<DateTimeOffset>().ShouldBe(registered.AddYears(2));
        (await domains.EventsOfAsync("first-shop.com")).ShouldBe(["registration_started", "domain_registered"]);
    }

    [Fact]
    public async Task Given_a_registered_name_Then_whatever_is_still_due_for_it_ends()
    {
        await domains.RegisterAsync("nothing-left.com");
        var domain = DomainId.Of("nothing-left.com");

        foreach (var kind in new[] { RegisterAtRegistry.Kind, UpdateAtRegistry.Kind })
            await domains.Service.SetDueAsync(domain, kind);

        await domains.Service.NothingDueAsync(domain);
        (await domains.EventsOfAsync("nothing-left.com")).ShouldBe(["registration_started", "domain_registered"]);
    }

    [Fact]
    public async Task Given_an_international_name_Then_it_is_found_by_either_form()
    {
        await domains.RegisterAsync("xn--bcher-kva.de");

        var domain = await (await domains.Client.GetAsync("/api/domains/BÜCHER.de")).JsonAsync();

        domain["name"]!.GetValue<string>().ShouldBe("xn--bcher-kva.de");
        domain["unicodeName"]!.GetValue<string>().ShouldBe("bücher.de");
    }

    [Fact]
    public async Task Given_a_registry_that_answers_too_late_Then_the_name_is_registered_once()
    {
        var asked = await domains.RegisterAsync("timeout-after-shop.com");

        (await domains.EventsOfAsync("timeout-after-shop.com")).ShouldBe(
            ["registration_started", "registration_attempt_failed", "domain_registered"]);
        (await domains.QueryAsync("select token from registry.domains where name = 'timeout-after-shop.com'"))
            .ShouldBe([asked.ItemId.ToString()]);
        (await domains.QueryAsync($"select times from registry.calls where token = '{asked.ItemId}'")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Given_a_registry_that_cannot_be_reached_twice_Then_the_third_attempt_registers()
    {
        await domains.RegisterAsync("fail-2-shop.com");

        var history = await domains.HistoryAsync("fail-2-shop.com");
        history.Select(entry => entry.EventTypeName).ShouldBe(
        [
            "registration_started",
            "registration_attempt_failed",
            "registration_attempt_failed",
            "domain_registered",
        ]);
        history[2].Data.ShouldBeOfType<RegistrationAttemptFailed>().Cause.ShouldBe("registry-unavailable");
        history[2].UserName.ShouldBe("domains/register-at-registry");
    }

    [Fact, Control("nav-domain-registration")]
    public async Task Given_a_registry_with_the_minimum_data_set_Then_it_is_sent_no_contact_and_another_is()
    {
        await domains.RegisterAsync("thin.com");
        var asked = await domains.RegisterAsync("thick.org");

        (await domains.QueryAsync("""
            select name || ' ' || coalesce(contact_id::text, '-')
            from registry.domains where name in ('thin.com', 'thick.org') order by 1
            """)).ShouldBe([$"thick.org {asked.RegistrantContactId}", "thin.com -"]);
    }

    [Theory]
    [InlineData("taken-shop.com", "domain-taken")]
    [InlineData("refuse-shop.com", "registry-refused")]
    [InlineData("whois.net", "domain-reserved")]
    public async Task Given_a_name_that_cannot_be_had_Then_the_order_is_told_why_and_there_is_no_domain(
        string name, string reason)
    {
        await domains.RequestAsync(name);

        (await FailureReasonsAsync(name, 1)).ShouldBe([reason]);
        (await domains.Client.GetAsync($"/api/domains/{name}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await domains.QueryAsync($"select name from registry.domains where name = '{name}'")).ShouldBeEmpty();
    }

    [Fact, Control("nav-domain-registration")]
    public async Task Given_a_contact_that_nobody_registered_Then_the_registry_is_not_asked()
    {
        var asked = await domains.RequestAsync("no-contact.com", contact: Guid.CreateVersion7());

        (await FailureReasonsAsync("no-contact.com", 1)).ShouldBe(["contact-unknown"]);
        (await domains.QueryAsync($"select times from registry.calls where token = '{asked.ItemId}'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_the_contact_of_another_account_Then_the_registry_is_not_asked()
    {
        var foreign = await domains.RegisterContactAsync(Guid.CreateVersion7());

        await domains.RequestAsync("foreign-contact.com", account: Guid.CreateVersion7(), contact: foreign);

        (await FailureReasonsAsync("foreign-contact.com", 1)).ShouldBe(["contact-unknown"]);
    }

    [Fact]
    public async Task Given_many_orders_for_one_name_at_once_Then_exactly_one_gets_it_and_the_others_are_told()
    {
        var account = Guid.CreateVersion7();
        var contact = await domains.RegisterContactAsync(account);

        var asked = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => domains.RequestAsync("everybodys-darling.com", account, contact)));

        var reasons = await FailureReasonsAsync("everybodys-darling.com", 11);
        reasons.ShouldAllBe(reason => reason == "domain-taken");
        var history = await domains.HistoryAsync("everybodys-darling.com");
        var winner = history.Select(e => e.Data).OfType<DomainRegistered>().ShouldHaveSingleItem();
        asked.Select(a => a.ItemId).ShouldContain(winner.ItemId);
        (await domains.QueryAsync("select name from registry.domains where name = 'everybodys-darling.com'"))
            .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_an_order_that_waits_behind_one_that_fails_Then_it_gets_the_name()
    {
        var account = Guid.CreateVersion7();
        var contact = await domains.RegisterContactAsync(account);
        await domains.RequestAsync("fail-1-second-chance.com", account, Guid.CreateVersion7());

        await domains.RequestAsync("fail-1-second-chance.com", account, contact);

        await domains.UntilRegisteredAsync("fail-1-second-chance.com");
        (await FailureReasonsAsync("fail-1-second-chance.com", 1)).ShouldBe(["contact-unknown"]);
    }

    [Fact]
    public async Task Given_a_message_that_is_delivered_again_and_again_Then_nothing_happens_twice()
    {
        var asked = await domains.RegisterAsync("repeated.com");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => domains.DeliverAsync(asked)));

        (await domains.EventsOfAsync("repeated.com")).ShouldBe(["registration_started", "domain_registered"]);
    }

    private async Task<string[]> FailureReasonsAsync(string name, int count) => await Until.SomeAsync(
        async () =>
        {
            var failed = (await domains.HistoryAsync(name))
                .Select(e => e.Data)
                .OfType<RegistrationFailed>()
                .Select(failed => failed.Reason)
                .ToArray();
            return failed.Length == count ? failed : null;
        },
        $"{count} orders for {name} are told that it failed");
}
