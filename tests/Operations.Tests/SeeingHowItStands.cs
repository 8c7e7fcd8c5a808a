using System.Net;
using System.Net.Http.Json;
using EPerfect.Operations.Due;
using EPerfect.Operations.Health;
using EPerfect.Operations.Lag;
using EPerfect.Operations.Messages;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>Health, lag, queues, what is stuck and what falls due: from all services, over HTTP.</summary>
public sealed class SeeingHowItStands(PostgresServer postgres, BrokerServer broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_is_of_every_instance_with_its_checks_and_who_is_silent_is_named()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("orders", StandIn.Nowhere()));

        var health = await ReadAsync<HealthView>(operations, "health");

        health.Status.ShouldBe("NoAnswer");
        health.Instances.Select(one => (one.Instance, one.Status)).ShouldBe([("orders-1", "Healthy"), ("orders-2", "NoAnswer")]);
        health.Instances[0].Checks.Keys.ShouldContain("database");
        health.Instances[0].Checks.Keys.ShouldContain("projections");
    }

    [Fact]
    public async Task Lag_is_told_with_its_history_once_the_service_has_measured()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([StandIn.Hearing()], "any"), Token);
        await using var orders = await TestService.StartAsync(StandIn.Hearing(), postgres, host);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", StandIn.Nowhere()));

        var lags = await Until.SomeAsync(
            async () => await ReadAsync<LagsView>(operations, "lag") is { Lags.Count: > 0 } view ? view : null,
            "it has measured", TimeSpan.FromSeconds(30));

        lags.EverySeconds.ShouldBe(10);
        lags.NotAnswered.ShouldHaveSingleItem().Service.ShouldBe("domains");
        var publisher = lags.Lags.ShouldHaveSingleItem();
        (publisher.Service, publisher.Kind, publisher.Trend).ShouldBe(("orders", "publisher", "steady"));
        publisher.History.ShouldNotBeEmpty();
        var queues = await Until.SomeAsync(
            async () => await ReadAsync<QueuesView>(operations, "queues") is { Queues.Count: > 0 } view ? view : null,
            "it has looked at a queue that is there", TimeSpan.FromSeconds(30));
        queues.Queues.ShouldHaveSingleItem().Queue.ShouldBe(StandIn.Queue);
    }

    [Fact]
    public async Task What_is_stuck_is_told_by_service_and_resumed_by_it()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(failing: true), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var staff = operations.Operator();
        var placed = await orders.Client.PostWithKeyAsync("/api/orders", new { accountId = Guid.CreateVersion7(), text = "" });
        var id = (await placed.JsonAsync())["id"]!.GetValue<Guid>();

        var stuck = await Until.SomeAsync(
            async () => (await ReadAsync<StucksView>(operations, "stuck")).Stuck is [var first, ..] ? first : null,
            "it is stuck");
        stuck.What.LastFailure.ShouldBe(nameof(NotSupportedException));
        var resumed = await staff.PostWithKeyAsync("/api/operations/stuck/resume", new
        {
            service = "orders", streamId = id, kind = "pay", reason = "ticket:1",
        });

        resumed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await resumed.Content.ReadAsStringAsync(Token));
        await Until.TrueAsync(
            async () => (await ReadAsync<StucksView>(operations, "stuck")).Stuck is [{ What.Failures: 2 }],
            "it was tried at once", TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("nobody", "ticket:1", 404, "not-found")]
    [InlineData("orders", "ticket:1", 404, "not-found")]
    [InlineData("orders", "Ann", 422, "operator-reason-malformed")]
    [InlineData("domains", "ticket:1", 503, "unavailable")]
    public async Task What_cannot_be_resumed_is_refused_as_its_service_refuses_it(
        string service, string reason, int status, string code)
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", StandIn.Nowhere()));
        using var staff = operations.Operator();

        var answer = await staff.PostWithKeyAsync("/api/operations/stuck/resume", new
        {
            service, streamId = Guid.NewGuid(), kind = "pay", reason,
        });

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Theory]
    [InlineData("health"), InlineData("lag"), InlineData("queues"), InlineData("stuck"), InlineData("due")]
    [InlineData("failed-messages"), InlineData("archived-messages"), InlineData("effects"), InlineData("actions")]
    public async Task Nobody_but_operators_sees_any_of_it(string what)
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var nobody = operations.As(token: null);
        using var others = operations.As(operations.Issuer.Token(staff: ["support", "billing", "legal", "privacy-officer"]));
        using var staff = operations.Operator();

        (await nobody.GetAsync($"/api/operations/{what}", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await others.GetAsync($"/api/operations/{what}", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.GetAsync($"/api/operations/{what}", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<T> ReadAsync<T>(OperationsOver operations, string what)
    {
        using var staff = operations.Operator();
        return (await staff.GetFromJsonAsync<T>($"/api/operations/{what}", Token))!;
    }
}
