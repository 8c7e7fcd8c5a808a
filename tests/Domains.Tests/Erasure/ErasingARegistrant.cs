using EPerfect.Domains.Contacts;
using EPerfect.Domains.Erasure;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Reactions;
using EPerfect.Domains.Registration.Registry;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Domains.Tests.Erasure;

public sealed class ErasingARegistrant(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_organisation_that_is_named_like_its_domain_Then_the_public_name_does_not_stop_it()
    {
        await using var domains = await TestService.StartAsync(DomainsModule.Define(), postgres, cancellationToken: Token);
        var account = Guid.CreateVersion7();
        var contact = await ContactAsync(domains, account, organisation: "Quetzal-Shop.com");
        await RequestAsync(domains, account, contact, "quetzal-shop.com");
        await Until.TrueAsync(async () => await IsRegisteredAsync(domains, "quetzal-shop.com"), "it is registered");

        var proof = await domains.ErasedAsync(await domains.OrderErasureAsync(account));

        proof.Search.Plaintext.ShouldBe(0);
        proof.HeldBack.ShouldHaveSingleItem().Group.ShouldBe("contact");
    }

    [Fact, Control("M11")]
    public async Task A_registrant_is_known_while_the_registration_runs_and_erased_when_it_ends()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var domains = await TestService.StartAsync(
            DomainsModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var account = Guid.CreateVersion7();
        var contact = await ContactAsync(domains, account);
        await RequestAsync(domains, account, contact, "quetzal-kept.com");
        await Until.TrueAsync(async () => await IsRegisteredAsync(domains, "quetzal-kept.com"), "it is registered");

        var erasure = await domains.OrderErasureAsync(account);
        var proof = await domains.ErasedAsync(erasure);

        var held = proof.HeldBack.ShouldHaveSingleItem();
        (held.Group, held.Ground).ShouldBe(("contact", "registration-contract"));
        held.Until!.Value.ShouldBe(clock.GetUtcNow().AddYears(1), TimeSpan.FromDays(1));

        // A week before the day nothing has gone, however often it is asked.
        clock.Advance(held.Until!.Value - clock.GetUtcNow() - TimeSpan.FromDays(7));
        await Until.TrueAsync(
            async () => (await domains.HappenedAsync(erasure)).Contains("erasure_unchanged"), "it is asked");
        (await OpenAsync(domains, contact)).ShouldBeOfType<Opened<Registrant>.Clear>();
        (await domains.RemovedByAsync(DomainErasure.RegistrationContract)).ShouldBeNull();
        clock.Advance(TimeSpan.FromDays(9));
        await Until.TrueAsync(
            async () => (await domains.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the contact is erased");
        (await OpenAsync(domains, contact)).ShouldBeOfType<Opened<Registrant>.Erased>();
        var last = (await domains.ErasureAsync(erasure))!.Proven!;
        last.Groups.Single(group => group.Group == "contact").Keys.ShouldBe(1);
        last.Search.Readable.ShouldBe(0);
        var removed = await domains.RemovedByAsync(DomainErasure.RegistrationContract);
        (removed?.Runs, removed?.Removed).ShouldBe((1, 1L));
    }

    [Fact]
    public async Task While_the_registry_may_have_registered_already_the_registrant_is_known_until_it_has_answered()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var domains = await TestService.StartAsync(
            DomainsModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var account = Guid.CreateVersion7();
        var contact = await ContactAsync(domains, account);
        await RequestAsync(domains, account, contact, "timeout-after-quetzal.com");
        await Until.TrueAsync(
            async () => await DomainAsync(domains, "timeout-after-quetzal.com") is { Attempts: 1 }, "it answers too late");

        var erasure = await domains.OrderErasureAsync(account);
        var held = (await domains.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem();
        (held.Group, held.Ground).ShouldBe(("contact", "registration-contract"));

        clock.Advance(TimeSpan.FromSeconds(2));
        await Until.TrueAsync(
            async () => await IsRegisteredAsync(domains, "timeout-after-quetzal.com"), "asked again, the registry tells");
        (await OpenAsync(domains, contact)).ShouldBeOfType<Opened<Registrant>.Clear>();
        clock.Advance(TimeSpan.FromDays(2));
        await Until.TrueAsync(
            async () => (await domains.ErasureAsync(erasure))?.Proven is { HeldBack: [{ Until: { } until }] }
                && until > clock.GetUtcNow().AddMonths(11),
            "it is kept until the registration ends");
    }

    [Fact]
    public async Task Who_asked_the_registry_in_vain_is_erased_a_day_later()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var domains = await TestService.StartAsync(
            DomainsModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var (account, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var contact = await ContactAsync(domains, account);
        await RequestAsync(domains, account, contact, "fail-1-quetzal.com");
        await Until.TrueAsync(async () => await DomainAsync(domains, "fail-1-quetzal.com") is { Attempts: 1 }, "it is away");
        var erasure = await domains.OrderErasureAsync(account);
        (await domains.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem();

        // Meanwhile another registrar was faster.
        await Should.ThrowAsync<RegistryUnavailableException>(TakeAsync);
        await TakeAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        await Until.TrueAsync(
            async () => await DomainAsync(domains, "fail-1-quetzal.com") is { Settled.Count: 1 }, "it is answered");
        clock.Advance(TimeSpan.FromDays(2));

        await Until.TrueAsync(
            async () => (await domains.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the contact is erased");
        (await OpenAsync(domains, contact)).ShouldBeOfType<Opened<Registrant>.Erased>();

        Task<RegistryAnswer> TakeAsync() => domains.Services.GetRequiredService<IRegistry>().RegisterAsync(
            DomainName.Parse("fail-1-quetzal.com"), 1, other, Some.OurNameservers, other, Token);
    }

    [Fact]
    public async Task Without_a_registration_nothing_is_kept_and_none_is_made_for_who_is_erased()
    {
        await using var domains = await TestService.StartAsync(DomainsModule.Define(), postgres, cancellationToken: Token);
        var account = Guid.CreateVersion7();
        var contact = await ContactAsync(domains, account);

        var proof = await domains.ErasedAsync(await domains.OrderErasureAsync(account));
        await RequestAsync(domains, account, contact, "quetzal-late.com");

        proof.HeldBack.ShouldBeEmpty();
        proof.Search.Texts.ShouldBeGreaterThan(3);
        await Until.TrueAsync(
            async () => (await DomainAsync(domains, "quetzal-late.com"))?.Settled.Count == 1, "it is answered");
        (await IsRegisteredAsync(domains, "quetzal-late.com")).ShouldBeFalse();
    }

    private static async Task<Opened<Registrant>> OpenAsync(TestService domains, Guid contact)
    {
        await using var session = domains.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var registered = (await session.Events.FetchStreamAsync(contact, token: Token))
            .Select(e => e.Data).OfType<ContactRegistered>().Single();
        return await domains.Services.GetRequiredService<Vault>().OpenAsync(registered.Registrant, Token);
    }

    private static async Task<Guid> ContactAsync(TestService domains, Guid account, string? organisation = null)
    {
        using var owner = domains.As(domains.Issuer.Owner(account));
        var answer = await owner.PostWithKeyAsync("/api/domains/contacts", new
        {
            accountId = account, name = "Quetzal Canary", organisation, email = "quetzal@mail.example", phone = "+12025550177",
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

    private static async Task<bool> IsRegisteredAsync(TestService domains, string name) =>
        (await DomainAsync(domains, name))?.Registration is not null;

    private static async Task<Domain?> DomainAsync(TestService domains, string name)
    {
        await using var scope = domains.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Reader>()
            .LatestAsync<Domain>(DomainId.Of(DomainName.Parse(name)), Token);
    }
}
