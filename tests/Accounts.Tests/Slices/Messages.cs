using System.Net;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>What Accounts tells the others, and what it learns from Privacy, over a real broker.</summary>
public sealed class Messages(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_others_learn_ids_and_facts_in_order()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var opened = await wire.HearAsync(A.AccountOpened.Name, Token);
        var changed = await wire.HearAsync(A.ProfileChanged.Name, Token);
        var billed = await wire.HearAsync(A.BillingDetailsChanged.Name, Token);
        var closed = await wire.HearAsync(A.AccountClosed.Name, Token);
        await using var accounts = await StartAsync(host);

        var email = AccountsService.NewEmail();
        using var owner = TheOwner.Of(accounts);
        var created = await accounts.OpenAsync(AccountsService.Body(email));
        var path = created.Headers.Location!.OriginalString;
        var profile = AccountsService.Profile(email);
        profile["phone"] = "+12025550177";
        await accounts.ChangeProfileAsync(path, profile);
        await owner.PutAsync($"{path}/billing", AccountsService.Billing());
        await owner.PostWithKeyAsync($"{path}/close", null);
        await Until.TrueAsync(() => Task.FromResult(closed.Count == 1), "the account's end is told");

        foreach (var (heard, version) in new[] { (opened, 1L), (changed, 2L), (billed, 3L), (closed, 4L) })
        {
            var message = heard.ShouldHaveSingleItem();
            message["accountId"]!.GetValue<Guid>().ShouldBe(AccountsService.IdOf(path));
            message["streamVersion"]!.GetValue<long>().ShouldBe(version);
            message.ToJsonString().ShouldNotContain("anary");
        }

        // What is another than before, by name.
        changed.Single()["fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["phone"]);
        billed.Single()["fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["paymentMethod", "billingAddress"]);
        opened.Single()["policySet"]!.GetValue<int>().ShouldBe(1);
        opened.Single()["kind"]!.GetValue<string>().ShouldBe("customer");
    }

    [Fact, Control("S9")]
    public async Task Who_saw_the_data_is_told_to_the_register_and_nobody_else_can_read_who_and_why()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var told = await wire.HearAsync(A.PersonalDataOpenedV2.Name, Token);
        var inClear = await wire.HearAsync(A.PersonalDataOpened.Name, Token);
        await using var accounts = await StartAsync(host);
        var created = await accounts.OpenAsync(AccountsService.Body());
        var account = AccountsService.IdOf(created.Headers.Location!.OriginalString);
        var person = Guid.CreateVersion7();
        await accounts.JoinAsync(account, person, "billing");
        using var member = accounts.As(accounts.Issuer.Token(person.ToString("D"), [$"{account:D}:billing"]));

        (await member.GetAsync(created.Headers.Location, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        told.ShouldBeEmpty("for whom to encrypt is not known yet: it waits");

        var (key, secret) = TestOpeningKey.Make();
        await wire.PublishAsync(
            OpeningKeyPublished.Name,
            new OpeningKeyPublished(key.KeyId, key.X, key.Y, key.MadeAt, 1),
            Guid.CreateVersion7(),
            Token);
        await Until.TrueAsync(() => Task.FromResult(told.Count == 1), "the opening is told");

        var message = told.Single();
        message["accountId"]!.GetValue<Guid>().ShouldBe(account);
        var details = OpeningCipher.Decrypt(
            (string)message["details"]!, message["openingId"]!.GetValue<Guid>(), key, secret);
        (details.Actor, details.Role, details.Ground).ShouldBe(($"user/{person:D}", "billing", "role:billing"));
        foreach (var word in (string[])[person.ToString("D"), "billing", "membership", "ReadAccount", "identity", "anary"])
            message.ToJsonString().ShouldNotContain(word);
        inClear.ShouldBeEmpty();
    }

    [Fact]
    public async Task Published_sets_late_twice_and_out_of_order_are_known_once()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        await using var accounts = await StartAsync(host);
        (await OpenAsync(accounts, policySet: 7)).StatusCode.ShouldBe(HttpStatusCode.Created, "none is known yet");

        var (first, second) = (Set(1, daysAgo: 300), Set(2, daysAgo: 10));
        var repeat = Guid.CreateVersion7();
        await wire.PublishAsync(PolicySetPublished.Name, second, repeat, Token);
        await wire.PublishAsync(PolicySetPublished.Name, second, repeat, Token);
        await wire.PublishAsync(PolicySetPublished.Name, second, Guid.CreateVersion7(), Token);
        await wire.PublishAsync(PolicySetPublished.Name, first, Guid.CreateVersion7(), Token);
        await Until.TrueAsync(async () => await LearnedAsync(accounts) == 2, "both sets are learned");

        await ShouldBe(await OpenAsync(accounts, policySet: 1), HttpStatusCode.Conflict, "policy-set-superseded");
        await ShouldBe(
            await OpenAsync(accounts, policySet: 3), HttpStatusCode.UnprocessableEntity, "policy-set-unknown");
        (await OpenAsync(accounts, policySet: 2)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await LearnedAsync(accounts)).ShouldBe(2);
    }

    private static PolicySetPublished Set(int number, int daysAgo) =>
        new(number, [], DateTimeOffset.UtcNow.AddDays(-daysAgo), number);

    private static Task<HttpResponseMessage> OpenAsync(TestService accounts, int policySet)
    {
        var body = AccountsService.Body();
        body["acceptedPolicySet"] = policySet;
        return accounts.OpenAsync(body);
    }

    private static async Task ShouldBe(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    private static async Task<long> LearnedAsync(TestService accounts)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(accounts.Database.Admin);
        await using var count = source.CreateCommand(
            "select count(*) from store.mt_events where type = 'policy_set_learned'");
        return (long)(await count.ExecuteScalarAsync(Token))!;
    }

    private Task<TestService> StartAsync(TestVirtualHost host) =>
        TestService.StartAsync(AccountsModule.Define(), postgres, host, cancellationToken: Token);

    private Task<TestVirtualHost> HostAsync() => HostAsync(broker);

    internal static Task<TestVirtualHost> HostAsync(BrokerServer broker)
    {
        var privacy = new ServiceDefinition("privacy")
            .Publishes<PolicySetPublished>(PolicySetPublished.Name)
            .Publishes<ErasureOrdered>(ErasureOrdered.Name)
            .Publishes<FoundInClearAccepted>(FoundInClearAccepted.Name)
            .Publishes<ExportOrdered>(ExportOrdered.Name)
            .Publishes<ProcessingRestricted>(ProcessingRestricted.Name)
            .Publishes<LegalHoldOrdered>(LegalHoldOrdered.Name)
            .Publishes<RestrictionLifted>(RestrictionLifted.Name)
            .Publishes<RestrictionEnding>(RestrictionEnding.Name)
            .Publishes<OpeningKeyPublished>(OpeningKeyPublished.Name)
            .Publishes<PartnerDataAsked>(PartnerDataAsked.Name);
        return broker.CreateVirtualHostAsync(Topology.Render([AccountsModule.Define(), privacy], "any"), Token);
    }
}
