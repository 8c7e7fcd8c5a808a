using System.Net;
using System.Net.Http.Json;
using EPerfect.Operations.Actions;
using EPerfect.Operations.Messages;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Operations.Tests;

/// <summary>Messages that kept failing, over a real broker: grouped, given back, archived. What must hold of each message is
/// tried at the service: FailedMessageTests.</summary>
public sealed class FailedMessages(PostgresServer postgres, BrokerServer broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_grouped_by_queue_and_failure_and_a_group_is_archived_fetched_back_and_replayed()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([StandIn.Hearing()], "any"), Token);
        await using var orders = await TestService.StartAsync(StandIn.Hearing(), postgres, host);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        await FailAsync(orders, "System.TimeoutException", "System.FormatException", "System.FormatException");

        var groups = (await ReadAsync(operations, "failed-messages")).Groups;
        groups.Select(group => (group.Queue, group.Failure, group.Count)).ShouldBe(
            [(StandIn.Queue, "System.FormatException", 2), (StandIn.Queue, "System.TimeoutException", 1)]);

        (await MoveAsync(operations, "failed-messages/archive", "System.FormatException")).ShouldBe(2);
        (await ReadAsync(operations, "failed-messages")).Groups.ShouldHaveSingleItem()
            .Failure.ShouldBe("System.TimeoutException");
        (await ReadAsync(operations, "archived-messages")).Groups.ShouldHaveSingleItem().Count.ShouldBe(2);
        (await MoveAsync(operations, "archived-messages/fetch-back", "System.FormatException")).ShouldBe(2);
        (await MoveAsync(operations, "failed-messages/replay", failure: null)).ShouldBe(3);

        await Until.TrueAsync(() => Task.FromResult(orders.Services.GetRequiredService<Ears>().Heard == 3), "each is heard");
        (await ReadAsync(operations, "failed-messages")).Groups.ShouldBeEmpty();
        (await ReadAsync(operations, "archived-messages")).Groups.ShouldBeEmpty();
        using var staff = operations.Operator();
        var done = (await staff.GetFromJsonAsync<ActionsView>("/api/operations/actions", Token))!.Items;
        done.Select(one => (one.Facts["to"], one.Facts.GetValueOrDefault("failure"))).ShouldBe(
            [("queue", null), ("error-queue", "System.FormatException"), ("archive", "System.FormatException")]);
        done.ShouldAllBe(one => one.Facts["queue"] == StandIn.Queue && one.Reason == "alert:poisoned-messages");
    }

    [Fact]
    public async Task A_queue_of_nobody_is_refused_and_so_is_whoever_may_only_read()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var staff = operations.Operator();
        using var reading = operations.As(operations.Issuer.Token(staff: ["operator"], scopes: ["orders:read"]));
        var body = new { queue = "nobody.hears-it", reason = "ticket:1" };

        var refused = await staff.PostWithKeyAsync("/api/operations/failed-messages/replay", body);
        (await refused.ProblemCodeAsync()).ShouldBe("not-found");
        (await reading.PostWithKeyAsync(
            "/api/operations/failed-messages/replay", new { queue = StandIn.Queue, reason = "ticket:1" })).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>What MassTransit leaves of a message that kept failing.</summary>
    private static async Task FailAsync(TestService orders, params IEnumerable<string> failures)
    {
        var errors = await orders.Services.GetRequiredService<IBus>().GetSendEndpoint(new($"exchange:{StandIn.Queue}_error"));
        foreach (var failure in failures)
        {
            await errors.Send(
                new Rang(Guid.NewGuid()), send => send.Headers.Set(MessageHeaders.FaultExceptionType, failure), Token);
        }
    }

    private static async Task<FailuresView> ReadAsync(OperationsOver operations, string what)
    {
        using var staff = operations.Operator();
        return (await staff.GetFromJsonAsync<FailuresView>($"/api/operations/{what}", Token))!;
    }

    private static async Task<int> MoveAsync(OperationsOver operations, string what, string? failure)
    {
        using var staff = operations.Operator();
        var answer = await staff.PostWithKeyAsync(
            $"/api/operations/{what}", new { queue = StandIn.Queue, failure, reason = "alert:poisoned-messages" });
        return (await answer.Content.ReadFromJsonAsync<MovedMessages>(Token))!.Count;
    }
}
