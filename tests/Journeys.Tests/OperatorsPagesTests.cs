using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Accounts;
using EPerfect.Launcher;
using EPerfect.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace EPerfect.Journeys.Tests;

/// <summary>The pages for operators in Chromium, without JavaScript, over real processes. What is seen is kept under
/// <c>artifacts/operators</c>.</summary>
public sealed partial class OperatorsSeeTests
{
    private const string Queue = "orders.account-opened";

    [Fact]
    public async Task At_the_pages_an_operator_sees_how_it_stands_stops_and_resumes_reads_a_story_and_replays_a_message()
    {
        using var customer = new TestCustomer(platform.Running);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        await KnowsAsync("accounts", customer.AccountId, "customer_opened");
        var order = await customer.OrderAsync();
        await customer.EndOfAsync(order);
        var account = Guid.CreateVersion7();
        await FailAsync(account);
        var (address, password, nextCode) = platform.Running.OperatorSignIn();
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Find().Folder, "artifacts", "operators")).FullName;
        using var browser = await NodeProgram.StartAsync(
            "browser",
            [("chromium", "chromium")],
            [platform.Running.Gateway.ToString(), folder, address, password, order.ToString("D")],
            main: "operators.mjs");
        await browser.TellAsync(await nextCode());

        var overview = await browser.StepAsync("overview");
        Text(overview, "asked").ShouldBe("/identity/sign-in");
        Text(overview, "title").ShouldBe("Overview");
        Texts(overview, "sections").ShouldContain("Stop switches");
        Texts(overview, "instances").ShouldBe(
            ["accounts-1", "domains-1", "domains-2", "orders-1", "orders-2", "privacy-1"], ignoreOrder: true);
        Texts(overview, "failed").ShouldContain(queue => queue.StartsWith(Queue, StringComparison.Ordinal));
        overview["lags"]!.GetValue<int>().ShouldBeGreaterThan(3);
        overview["captions"]!.GetValue<int>().ShouldBe(overview["tables"]!.GetValue<int>());

        var stopped = await browser.StepAsync("stopped");
        Text(stopped, "does").ShouldContain("nothing of it is begun");
        Texts(stopped, "refused").ShouldHaveSingleItem().ShouldContain("such as incident:charged-twice");
        Text(stopped, "says").ShouldBe("It is stopped.");
        Text(stopped, "row").ShouldContain("incident:called-twice");
        Text(await browser.StepAsync("resumed"), "row").ShouldContain("Runs");

        var story = await browser.StepAsync("story");
        Text(story, "title").ShouldBe($"Story of order {order}");
        OfOrders.Concat(OfDomains).ShouldBeSubsetOf(Texts(story, "events"));
        foreach (var canary in customer.Canaries) Text(story, "text").ShouldNotContain(canary);
        var trace = await browser.StepAsync("trace");
        Texts(trace, "services").ToHashSet().ShouldBeSubsetOf(["gateway", "accounts", "orders", "domains", "privacy"]);
        Texts(trace, "services").ShouldContain("gateway");
        Texts(trace, "services").ShouldContain("domains");
        trace["bars"]!.GetValue<int>().ShouldBeGreaterThan(5);

        var replayed = await browser.StepAsync("replayed");
        Text(replayed, "messages").ShouldContain("System.FormatException");
        Text(replayed, "messages").ShouldNotContain(account.ToString());
        Text(replayed, "says").ShouldBe("They are back in their queue.");
        await Until.TrueAsync(() => HeardAsync(account), "the message has its effect");

        await browser.TellAsync(JsonSerializer.Serialize(await SignInOfAsync()));
        var refused = await browser.StepAsync("no-operator");
        Text(refused, "title").ShouldBe("You are no operator");
        refused["status"]!.GetValue<int>().ShouldBe(403);
        Texts(refused, "complaints").ShouldAllBe(complaint => complaint.Contains("422") || complaint.Contains("403"));
    }

    /// <summary>A message that Orders can take, as MassTransit leaves it when it kept failing.</summary>
    private async Task FailAsync(Guid account)
    {
        var id = Guid.CreateVersion7().ToString("D");
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new
        {
            messageId = id,
            messageType = new[] { "urn:message:EPerfect.Contracts.Accounts:AccountOpened" },
            message = new AccountOpened(account, "customer", 1, DateTimeOffset.UtcNow, 1),
        }, JsonSerializerOptions.Web);
        await using var connection = await new ConnectionFactory { Uri = new Uri(platform.Running.BrokerUri()) }
            .CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        await channel.BasicPublishAsync(Queue + "_error", "", mandatory: true, new BasicProperties
        {
            MessageId = id,
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["MT-Fault-ExceptionType"] = Encoding.UTF8.GetBytes("System.FormatException"),
                ["MT-Fault-Timestamp"] = Encoding.UTF8.GetBytes(DateTime.UtcNow.ToString("O")),
            },
        }, envelope, Ct);
    }

    private async Task<bool> HeardAsync(Guid account)
    {
        await using var connection = new NpgsqlConnection(platform.Running.ConnectionString("orders"));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "select count(*) from store.mt_events where stream_id = $1 and type = 'customer_opened'", connection);
        command.Parameters.AddWithValue(account);
        return (long)(await command.ExecuteScalarAsync(Ct))! == 1;
    }

    private async Task<IReadOnlyList<string>> SignInOfAsync()
    {
        using var somebody = new TestCustomer(platform.Running);
        await somebody.SignUpAsync();
        return somebody.Typed;
    }

    private static string Text(JsonObject told, string fact) => told[fact]!.GetValue<string>().Trim();

    private static string[] Texts(JsonObject told, string fact) =>
        [.. told[fact]!.AsArray().Select(text => text!.GetValue<string>())];
}
