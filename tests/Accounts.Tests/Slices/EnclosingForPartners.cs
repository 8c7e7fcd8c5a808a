using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Tests.Staff;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Asked by Privacy on behalf of a partner, Accounts tells that partner alone what it holds of a person, and puts it on
/// record.</summary>
public sealed class EnclosingForPartners(PostgresServer postgres, BrokerServer broker) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly Guid Partner = Guid.CreateVersion7();
    private readonly TestPartnerKey key = new();
    private readonly string email = AccountsService.NewEmail();
    private TestDatabase database = null!;
    private TestVirtualHost host = null!;
    private Wire wire = null!;
    private TestService accounts = null!;
    private bool isFirst = true;
    private IReadOnlyCollection<JsonObject> enclosed = [];

    public async ValueTask InitializeAsync()
    {
        host = await Messages.HostAsync(broker);
        wire = await Wire.ConnectAsync(host, Token);
        enclosed = await wire.HearAsync(A.PartnerDataEnclosed.Name, Token);
        database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        accounts = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await accounts.DisposeAsync();
        await wire.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact, Control("S11")]
    public async Task The_partner_reads_name_and_address_and_nobody_else_anywhere()
    {
        await TellKeyAsync();
        var ask = Ask(await OpenAsync());
        await AskAsync(ask);

        var answer = await AnswerAsync();

        (answer["askId"]!.GetValue<Guid>(), answer["partnerId"]!.GetValue<Guid>(), answer["accountId"]!.GetValue<Guid>())
            .ShouldBe((ask.AskId, ask.PartnerId, ask.AccountId));
        var values = answer["enclosed"]!.AsObject();
        ((string)key.Decrypt(values["name"]!)!).ShouldBe("Ann Canary");
        ((string)key.Decrypt(values["email"]!)!).ShouldBe(email);
        (values["phone"], values["address"]).ShouldBe((null, null), "these are the registrant contact's");
        using var other = new TestPartnerKey();
        Should.Throw<CryptographicException>(() => other.Decrypt(values["name"]!));
        answer.ToJsonString().ShouldNotContain("anary");
        (await DatabaseText.TablesWithAsync(accounts.Database.Admin, "canary", Token)).ShouldBeEmpty();
        accounts.Log.Lines.ShouldAllBe(line => !line.Contains("anary"));
    }

    [Fact, Control("S9")]
    public async Task That_the_partner_saw_it_and_why_is_on_record_once_however_often_it_is_asked()
    {
        await TellKeyAsync();
        var ask = Ask(await OpenAsync());
        var repeat = Guid.CreateVersion7();
        await AskAsync(ask, repeat);
        await AskAsync(ask, repeat);
        await AskAsync(ask);
        await AnswerAsync();
        // The queue is read in parallel: what was sent after them shows that they were read.
        for (var i = 0; i < 5; i++) await AskAsync(ask with { AskId = Guid.CreateVersion7() });
        await Until.TrueAsync(() => Task.FromResult(enclosed.Count >= 6), "the later ones are answered");

        enclosed.Count(one => one["askId"]!.GetValue<Guid>() == ask.AskId).ShouldBe(1);
        var opened = (await accounts.Services.OpeningsAsync(Token))
            .Where(one => one.Resource == $"PartnerDataAsked/{ask.AskId:D}").ShouldHaveSingleItem();
        (opened.AccountId, opened.Actor, opened.Role, opened.Purpose, opened.Ground)
            .ShouldBe((ask.AccountId, $"partner/{Partner:D}", "partner", "partner-sharing", "consent"));
        opened.Groups.ShouldBe(["identity", "contact"]);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_opened()
    {
        await TellKeyAsync();
        await AskAsync(Ask(await OpenAsync()) with { Members = ["phone", "name"] });

        var values = (await AnswerAsync())["enclosed"]!;

        values["email"].ShouldBeNull();
        ((string)key.Decrypt(values["name"]!)!).ShouldBe("Ann Canary");
        (await accounts.Services.OpeningsAsync(Token)).ShouldHaveSingleItem().Groups.ShouldBe(["identity"]);
    }

    [Fact, Control("S11")]
    public async Task Of_who_is_erased_restricted_closed_or_unknown_nothing_is_told_and_nothing_opened()
    {
        await TellKeyAsync();
        var (erased, restricted, closed) = (await OpenAsync(), await OpenAsync(), await OpenAsync());
        var vault = accounts.Services.GetRequiredService<Vault>();
        foreach (var group in (DataGroup[])[DataGroup.Identity, DataGroup.Contact])
        {
            await vault.ShredAsync(erased, group, Guid.CreateVersion7(), Token);
            await vault.RestrictAsync(restricted, group, order: 1, Token);
        }

        using var owner = TheOwner.Of(accounts);
        (await owner.PostWithKeyAsync($"/api/accounts/{closed}/close", null)).EnsureSuccessStatusCode();
        foreach (var account in (Guid[])[erased, restricted, closed, Guid.CreateVersion7()]) await AskAsync(Ask(account));
        var other = await OpenAsync();
        await AskAsync(Ask(other));

        (await AnswerAsync())["accountId"]!.GetValue<Guid>().ShouldBe(other);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        enclosed.ShouldHaveSingleItem();
        (await accounts.Services.OpeningsAsync(Token)).ShouldHaveSingleItem().AccountId.ShouldBe(other);
    }

    [Theory, Control("S11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erased_or_restricted_after_the_question_was_taken_nothing_leaves_any_more(bool isErased)
    {
        var account = await OpenAsync();
        var other = await OpenAsync();
        await HoldBackAsync(other);
        await AskAsync(Ask(account));
        await Until.TrueAsync(async () => (await accounts.Services.OpeningsAsync(Token)).Count == 2, "it is taken");
        var vault = accounts.Services.GetRequiredService<Vault>();
        foreach (var group in (DataGroup[])[DataGroup.Identity, DataGroup.Contact])
        {
            if (isErased) await vault.ShredAsync(account, group, Guid.CreateVersion7(), Token);
            else await vault.RestrictAsync(account, group, order: 1, Token);
        }

        await TellKeyAsync();
        await AskAsync(Ask(other));

        (await AnswerAsync())["accountId"]!.GetValue<Guid>().ShouldBe(other);
        enclosed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Killed_between_question_and_answer_it_is_answered_later_with_what_is_true_by_then()
    {
        var account = await OpenAsync();
        await HoldBackAsync(account);
        await AskAsync(Ask(account));
        await Until.TrueAsync(async () => (await accounts.Services.OpeningsAsync(Token)).Count == 2, "it is taken");
        var profile = AccountsService.Profile(email);
        profile["name"] = "Ann Corrected-Canary";
        (await accounts.ChangeProfileAsync($"/api/accounts/{account}", profile)).EnsureSuccessStatusCode();
        await accounts.DisposeAsync();
        accounts = await StartAsync();
        await TellKeyAsync();

        var answer = await AnswerAsync();

        ((string)key.Decrypt(answer["enclosed"]!["name"]!)!).ShouldBe("Ann Corrected-Canary");
    }

    [Fact]
    public async Task A_key_that_is_none_stops_nobody_else()
    {
        await TellKeyAsync();
        var account = await OpenAsync();
        await AskAsync(Ask(account) with { Key = key.Public with { X = "AAAA" } });
        await AskAsync(Ask(account));

        ((string)key.Decrypt((await AnswerAsync())["enclosed"]!["name"]!)!).ShouldBe("Ann Canary");
    }

    private Task<TestService> StartAsync() => TestService.StartAsync(
        AccountsModule.Define(), postgres, host, database, cancellationToken: Token);

    private PartnerDataAsked Ask(Guid account) => new(
        Guid.CreateVersion7(), Partner, account, ["name", "email", "phone", "address"], key.Public, DateTimeOffset.UtcNow, 1);

    private Task AskAsync(PartnerDataAsked ask, Guid? message = null) =>
        wire.PublishAsync(PartnerDataAsked.Name, ask, message ?? Guid.CreateVersion7(), Token);

    private Task<JsonObject> AnswerAsync() =>
        Until.SomeAsync(() => Task.FromResult(enclosed.FirstOrDefault()), "it is answered");

    private async Task<Guid> OpenAsync()
    {
        var body = AccountsService.Body(isFirst ? email : null);
        isFirst = false;
        var created = await accounts.OpenAsync(body);
        ((int)created.StatusCode).ShouldBe(201);
        return AccountsService.IdOf(created.Headers.Location!.OriginalString);
    }

    /// <summary>Nothing is published as long as it is not known for whom an opening is encrypted.</summary>
    private async Task HoldBackAsync(Guid account)
    {
        using var staff = await accounts.StaffAsync("support");
        staff.DefaultRequestHeaders.Add("Opening-Purpose", "support");
        staff.DefaultRequestHeaders.Add("Opening-Ground", "ticket:12");
        (await staff.GetAsync($"/api/accounts/{account}", Token)).EnsureSuccessStatusCode();
        await Until.TrueAsync(
            () => Task.FromResult(accounts.Log.Lines.Any(line => line.Contains("waits for the keys"))), "it waits");
    }

    private Task TellKeyAsync()
    {
        var (known, _) = TestOpeningKey.Make();
        return wire.PublishAsync(
            OpeningKeyPublished.Name,
            new OpeningKeyPublished(known.KeyId, known.X, known.Y, known.MadeAt, 1),
            Guid.CreateVersion7(),
            Token);
    }
}
