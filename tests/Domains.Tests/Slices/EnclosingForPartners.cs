using System.Text.Json.Nodes;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>Asked by Privacy on behalf of a partner, Domains tells that partner alone how the customer is reached.</summary>
public sealed class EnclosingForPartners(PostgresServer postgres, BrokerServer broker) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TestPartnerKey key = new();
    private readonly Guid account = Guid.CreateVersion7();
    private Wire wire = null!;
    private TestService domains = null!;
    private IReadOnlyCollection<JsonObject> enclosed = [];

    public async ValueTask InitializeAsync()
    {
        var definition = DomainsModule.Define();
        var orders = StandIn.Define();
        var host = await broker.CreateVirtualHostAsync(Topology.Render([definition, orders, OverTheBroker.Privacy], "/"), Token);
        wire = await Wire.ConnectAsync(host, Token);
        enclosed = await wire.HearAsync(D.PartnerDataEnclosed.Name, Token);
        domains = await TestService.StartAsync(definition, postgres, host, cancellationToken: Token);
        var (known, _) = TestOpeningKey.Make();
        await wire.PublishAsync(
            OpeningKeyPublished.Name,
            new OpeningKeyPublished(known.KeyId, known.X, known.Y, known.MadeAt, 1),
            Guid.CreateVersion7(),
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await domains.DisposeAsync();
        await wire.DisposeAsync();
    }

    [Fact, Control("S11")]
    public async Task The_partner_reads_number_and_address_and_nobody_else_anywhere()
    {
        await ContactAsync();
        var ask = await AskAsync(account);

        var answer = await AnswerAsync(ask);

        var values = answer["enclosed"]!.AsObject();
        ((string)key.Decrypt(values["phone"]!)!).ShouldBe("+441632960123");
        var address = key.Decrypt(values["address"]!);
        ((string)address["street"]![0]!, (string)address["city"]!, (string)address["region"]!, (string)address["postalCode"]!,
            (string)address["country"]!)
            .ShouldBe(("1 Analytical Row", "Londonium", "Middlesex-on-Thames", "N1 1AA", "GB"));
        (values["name"], values["email"]).ShouldBe((null, null), "these are the account's");
        foreach (var canary in (string[])["1632960123", "Analytical", "Londonium", "Middlesex"])
        {
            answer.ToJsonString().ShouldNotContain(canary);
            (await DatabaseText.TablesWithAsync(domains.Database.Admin, canary, Token)).ShouldBeEmpty();
            domains.Log.Lines.ShouldAllBe(line => !line.Contains(canary));
        }

        var opened = (await domains.Services.OpeningsAsync(Token)).ShouldHaveSingleItem();
        (opened.AccountId, opened.Role, opened.Purpose).ShouldBe((account, "partner", "partner-sharing"));
        opened.Groups.ShouldBe(["contact"]);
    }

    [Fact, Control("S13")]
    public async Task Corrected_the_next_question_is_answered_with_the_new_values()
    {
        var contact = await ContactAsync();
        await AnswerAsync(await AskAsync(account));
        (await domains.Client.PutAsync($"/api/domains/contacts/{contact}", new
        {
            name = "Ada Corrected",
            email = "ada@corrected.example",
            phone = "+12025550123",
            address = new { street = new[] { "2 New Street" }, city = "Paris", country = "FR" },
        })).EnsureSuccessStatusCode();

        var values = (await AnswerAsync(await AskAsync(account)))["enclosed"]!;

        ((string)key.Decrypt(values["phone"]!)!).ShouldBe("+12025550123");
        ((string)key.Decrypt(values["address"]!)["city"]!).ShouldBe("Paris");
    }

    [Fact, Control("S11")]
    public async Task Where_one_of_several_contacts_may_be_somebody_else_none_is_told()
    {
        await ContactAsync();
        await ContactAsync();
        await AskAsync(account);

        await NothingIsToldAsync();
    }

    [Theory, Control("S11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_who_is_erased_or_restricted_nothing_is_told_and_nothing_opened(bool isErased)
    {
        await ContactAsync();
        var vault = domains.Services.GetRequiredService<Vault>();
        if (isErased) await vault.ShredAsync(account, DataGroup.Contact, Guid.CreateVersion7(), Token);
        else await vault.RestrictAsync(account, DataGroup.Contact, order: 1, Token);
        await AskAsync(account);

        await NothingIsToldAsync();
    }

    private async Task NothingIsToldAsync()
    {
        var other = Guid.CreateVersion7();
        await ContactAsync(other);
        await AnswerAsync(await AskAsync(other));
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        enclosed.ShouldHaveSingleItem();
        (await domains.Services.OpeningsAsync(Token)).ShouldHaveSingleItem().AccountId.ShouldBe(other);
    }

    private async Task<Guid> ContactAsync(Guid? of = null)
    {
        var created = await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(of ?? account));
        return (await created.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private async Task<Guid> AskAsync(Guid person)
    {
        var ask = new PartnerDataAsked(
            Guid.CreateVersion7(), Guid.CreateVersion7(), person, ["name", "email", "phone", "address"], key.Public,
            DateTimeOffset.UtcNow, 1);
        await wire.PublishAsync(PartnerDataAsked.Name, ask, Guid.CreateVersion7(), Token);
        return ask.AskId;
    }

    private Task<JsonObject> AnswerAsync(Guid ask) => Until.SomeAsync(
        () => Task.FromResult(enclosed.FirstOrDefault(one => one["askId"]!.GetValue<Guid>() == ask)), "it is answered");
}
