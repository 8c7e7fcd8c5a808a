using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Reactions;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Exports;

public sealed class TellingARegistrant(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_declared_field_is_told_and_nothing_of_who_wanted_the_same_name()
    {
        await using var domains = await TestService.StartAsync(DomainsModule.Define(), postgres, cancellationToken: Token);
        var (account, stranger) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var own = await ContactAsync(domains, account, "Quetzal Canary", "quetzal@mail.example");
        var foreign = await ContactAsync(domains, stranger, "Stranger Canary", "stranger@mail.example");
        await RequestAsync(domains, account, own, "quetzal-told.com");
        await Until.TrueAsync(async () => await IsSettledAsync(domains, "quetzal-told.com", 1), "it is registered");
        await RequestAsync(domains, stranger, foreign, "quetzal-told.com");
        await Until.TrueAsync(async () => await IsSettledAsync(domains, "quetzal-told.com", 2), "the other one is refused");

        var told = await new Exporting(domains).TellAsync(account);

        ToldExtensions.DeclaredBy(DomainsModule.Define()).ShouldBeSubsetOf(told.Fields());
        told.Of("registrant.name").ShouldHaveSingleItem().Value!.ToString().ShouldBe("Quetzal Canary");
        told.Of("registrant.address.street").ShouldHaveSingleItem().Value!.AsArray().Single()!.ToString()
            .ShouldBe("77 Canary Lane");
        told.Of("held-name.domainName").ShouldContain(datum => datum.Value!.ToString() == "quetzal-told.com");
        told.Text().ShouldNotContain("tranger");
        told.Text().ShouldNotContain(stranger.ToString());
        told.Text().ShouldNotContain(foreign.ToString());
        var others = await new Exporting(domains).TellAsync(stranger);
        others.Text().ShouldNotContain(account.ToString());
        others.Of("registrant.name").ShouldHaveSingleItem().Value!.ToString().ShouldBe("Stranger Canary");
    }

    [Fact]
    public async Task What_was_refused_at_once_is_told_to_who_asked_and_to_nobody_else()
    {
        await using var domains = await TestService.StartAsync(DomainsModule.Define(), postgres, cancellationToken: Token);
        var (account, stranger) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await RequestAsync(domains, account, Guid.CreateVersion7(), "nic.com");
        await RequestAsync(domains, stranger, Guid.CreateVersion7(), "nic.com");

        var told = await new Exporting(domains).TellAsync(account);

        told.Of("held-name.domainName").ShouldHaveSingleItem().Value!.ToString().ShouldBe("nic.com");
        told.Text().ShouldNotContain(stranger.ToString());
    }

    private static async Task<Guid> ContactAsync(TestService domains, Guid account, string name, string email)
    {
        using var owner = domains.As(domains.Issuer.Owner(account));
        var answer = await owner.PostWithKeyAsync("/api/domains/contacts", new
        {
            accountId = account, name, email, phone = "+12025550177",
            address = new { street = new[] { "77 Canary Lane" }, city = "Tallinn", country = "EE" },
            publicityAcknowledged = true,
        });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static Task<Decision> RequestAsync(TestService domains, Guid account, Guid contact, string name)
    {
        var message = Some.Asked(name: name) with
        {
            AccountId = account,
            RegistrantContactId = contact,
            ItemId = Guid.CreateVersion7(),
        };
        return domains.HearAsync(ActivatorUtilities.CreateInstance<RequestRegistration>(domains.Services), message);
    }

    private static async Task<bool> IsSettledAsync(TestService domains, string name, int times)
    {
        await using var scope = domains.Services.CreateAsyncScope();
        var domain = await scope.ServiceProvider.GetRequiredService<Reader>()
            .LatestAsync<Domain>(DomainId.Of(DomainName.Parse(name)), Token);
        return domain?.Settled.Count == times;
    }
}
