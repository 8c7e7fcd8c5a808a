using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Accounts;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>What Privacy tells the others, and what it does when an account is opened, over a real broker.</summary>
public sealed class Messages(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_opens_an_account_has_acknowledged_once_however_often_the_message_comes()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var published = await wire.HearAsync(C.PolicySetPublished.Name, Token);
        var acknowledged = await wire.HearAsync(C.PolicySetAcknowledged.Name, Token);
        await using var privacy = await StartAsync(host);
        await Until.TrueAsync(() => Task.FromResult(published.Count == 1), "the set is told");
        published.Single()["documents"]!.AsArray().Count.ShouldBe(DocumentKind.All.Count);

        var opened = Opened(policySet: 1);
        var repeat = Guid.CreateVersion7();
        await wire.PublishAsync(AccountOpened.Name, opened, repeat, Token);
        await wire.PublishAsync(AccountOpened.Name, opened, repeat, Token);
        await wire.PublishAsync(AccountOpened.Name, opened, Guid.CreateVersion7(), Token);
        // The queue is read in parallel: what was sent after them shows that they were read.
        for (var i = 0; i < 5; i++)
            await wire.PublishAsync(AccountOpened.Name, Opened(policySet: 1), Guid.CreateVersion7(), Token);
        await Until.TrueAsync(() => Task.FromResult(acknowledged.Count >= 6), "all are acknowledged");

        acknowledged.Count(message => message["accountId"]!.GetValue<Guid>() == opened.AccountId).ShouldBe(1);
        var accepted = (await ReadAsync(privacy, opened.AccountId))["accepted"]!.AsArray().ShouldHaveSingleItem()!;
        accepted["channel"]!.GetValue<string>().ShouldBe("account-opening");
        accepted["at"]!.GetValue<DateTimeOffset>().ShouldBe(opened.OpenedAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_choice_before_the_account_is_known_is_told_and_stays()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var changed = await wire.HearAsync(C.ConsentChanged.Name, Token);
        await using var privacy = await StartAsync(host);
        var opened = Opened(policySet: 1);

        var path = $"/api/privacy/people/{opened.AccountId}";
        var choice = new { given = true, policySet = 1 };
        (await privacy.Client.PutAsync($"{path}/consents/partner-sharing", choice)).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        await wire.PublishAsync(AccountOpened.Name, opened, Guid.CreateVersion7(), Token);
        await Until.TrueAsync(
            async () => (await ReadAsync(privacy, opened.AccountId))["accepted"]!.AsArray().Count == 1,
            "it is acknowledged");

        await Until.TrueAsync(() => Task.FromResult(changed.Count == 1), "the choice is told");
        var message = changed.ShouldHaveSingleItem();
        message["purpose"]!.GetValue<string>().ShouldBe("partner-sharing");
        message["given"]!.GetValue<bool>().ShouldBeTrue();
        message["streamVersion"]!.GetValue<long>().ShouldBe(1);
        var read = await (await privacy.Client.GetAsync($"{path}/consents", Token)).JsonAsync();
        var given = read["consents"]!.AsArray().Single(consent => consent!["given"]!.GetValue<bool>());
        given!["purpose"]!.GetValue<string>().ShouldBe("partner-sharing");
    }

    [Fact]
    public async Task An_account_with_an_unknown_set_waits_and_a_rebuild_of_what_is_due_gives_the_same()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        await using var privacy = await StartAsync(host);
        var opened = Opened(policySet: 5);
        await wire.PublishAsync(AccountOpened.Name, opened, Guid.CreateVersion7(), Token);

        await Until.TrueAsync(async () => await PendingAsync(privacy, opened.AccountId) == 5, "it is postponed");

        var due = await DueAsync(privacy);
        due.Where(one => one.Contains("settle-acknowledgement", StringComparison.Ordinal)).ShouldHaveSingleItem();
        using var daemon = await privacy.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync("deadlines", Token);
        (await DueAsync(privacy)).ShouldBe(due);
    }

    private static async Task<int?> PendingAsync(TestService privacy, Guid accountId) =>
        (await ReadAsync(privacy, accountId))["pending"]?.GetValue<int>();

    private static async Task<JsonObject> ReadAsync(TestService privacy, Guid accountId)
    {
        var answer = await privacy.Client.GetAsync($"/api/privacy/people/{accountId}/acknowledgements", Token);
        return answer.IsSuccessStatusCode
            ? await answer.JsonAsync()
            : new JsonObject { ["accepted"] = new JsonArray() };
    }

    private static async Task<List<string>> DueAsync(TestService privacy)
    {
        await using var source = NpgsqlDataSource.Create(privacy.Database.Admin);
        await using var command = source.CreateCommand(
            "select concat_ws(' ', stream_id, kind, argument, due) from store.deadlines order by 1");
        await using var rows = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await rows.ReadAsync(Token)) lines.Add(rows.GetString(0));
        return lines;
    }

    private static AccountOpened Opened(int policySet) =>
        new(Guid.CreateVersion7(), "customer", policySet, DateTimeOffset.UtcNow, 1);

    private Task<TestService> StartAsync(TestVirtualHost host) =>
        TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
}
