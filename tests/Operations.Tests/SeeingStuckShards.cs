using System.Net.Http.Json;
using EPerfect.Operations.Due;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>Publishers and projections that do not get on: where, at what, and what to do.</summary>
public sealed class SeeingStuckShards(PostgresServer postgres, BrokerServer broker)
{
    private const string Person = "Quetzalina Verdin";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publisher_that_stands_is_on_the_page_and_at_its_route_with_what_to_do()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([StandIn.Hearing()], "any"), Token);
        var clock = new TurnedClock();
        await using var orders = await TestService.StartAsync(
            StandIn.Orders().Publishes<Rang>("orders.rang.v1").Outbound(_ => throw new FormatException(Person)),
            postgres, host, clock: clock);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        await orders.Client.PostWithKeyAsync("/api/orders", new { accountId = Guid.CreateVersion7(), text = "" });
        clock.Turn(TimeSpan.FromMinutes(1));
        using var staff = operations.Operator();

        var stuck = await Until.SomeAsync(
            async () => (await staff.GetFromJsonAsync<StucksView>("/api/operations/stuck", Token))!.Shards
                .FirstOrDefault(one => one.What.Failure is not null),
            "it is told why");
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));
        var page = await browser.GetStringAsync("/operations", Token);

        (stuck.Service, stuck.What.Shard, stuck.What.Failure).ShouldBe(("orders", "publisher:All", "System.FormatException"));
        (stuck.Rebuild, stuck.Runbook).ShouldBe((null, "deploy/runbooks/stuck-publisher.md"));
        page.ShouldContain("orders/publisher:All");
        page.ShouldContain("System.FormatException");
        page.ShouldContain($"at event {stuck.What.EventSequence}");
        page.ShouldContain("deploy/runbooks/stuck-publisher.md");
        page.ShouldNotContain(Person);
    }

    [Fact]
    public void A_projection_can_be_made_anew_by_a_command_and_a_publisher_makes_nothing()
    {
        var stuck = StuckShardView.Of("orders", new("OrderSummary:All", 3, DateTimeOffset.UtcNow, null, null, null));

        (stuck.Rebuild, stuck.Runbook).ShouldBe(
            ("deploy/projections orders rebuild OrderSummary", "deploy/runbooks/lagging-projection.md"));
    }
}
