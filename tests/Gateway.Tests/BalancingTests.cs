using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class BalancingTests
{
    [Fact]
    public async Task Two_instances_share_the_work()
    {
        await using var one = await Backend.StartAsync("one");
        await using var two = await Backend.StartAsync("two");
        await using var gateway = await RunningGateway.StartAsync("orders", one, two);
        await gateway.UntilAsync("orders", "a", "Healthy");
        await gateway.UntilAsync("orders", "b", "Healthy");

        for (var i = 0; i < 60; i++) await gateway.Client.GetStringAsync("/api/orders/1");

        one.Arrivals.Count.ShouldBeGreaterThan(5);
        two.Arrivals.Count.ShouldBeGreaterThan(5);
        (one.Arrivals.Count + two.Arrivals.Count).ShouldBe(60);
    }

    [Fact]
    public async Task Given_one_of_two_is_killed_When_its_silence_was_noticed_Then_every_request_is_served()
    {
        await using var one = await Backend.StartAsync("one");
        var two = await Backend.StartAsync("two");
        await using var gateway = await RunningGateway.StartAsync("orders", one, two);
        await gateway.UntilAsync("orders", "b", "Healthy");

        await two.DisposeAsync();
        await gateway.UntilAsync("orders", "b", "Unhealthy");

        for (var i = 0; i < 40; i++) (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("one");
    }

    [Fact]
    public async Task Given_a_killed_instance_When_it_is_back_Then_it_is_served_again_without_a_restart_of_the_gateway()
    {
        var first = await Backend.StartAsync("first");
        await using var gateway = await RunningGateway.StartAsync("orders", first);
        await gateway.UntilAsync("orders", "a", "Healthy");
        await first.DisposeAsync();
        await gateway.UntilAsync("orders", "a", "Unhealthy");
        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeUnavailableAsync();

        await using var second = await Backend.StartAsync("second", first.Address.Port);
        await gateway.UntilAsync("orders", "a", "Healthy");

        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("second");
    }

    [Fact]
    public async Task An_instance_that_is_not_ready_gets_nothing_while_another_is()
    {
        await using var ready = await Backend.StartAsync("ready");
        await using var stopping = await Backend.StartAsync("stopping");
        stopping.Ready = false;
        await using var gateway = await RunningGateway.StartAsync("orders", ready, stopping);
        await gateway.UntilAsync("orders", "a", "Healthy");
        await gateway.UntilAsync("orders", "b", "Degraded");

        for (var i = 0; i < 20; i++) (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("ready");
    }

    [Fact]
    public async Task Where_none_is_ready_those_that_answer_are_asked()
    {
        await using var one = await Backend.StartAsync("one");
        one.Ready = false;
        await using var gateway = await RunningGateway.StartAsync("orders", one);
        await Until.TrueAsync(() => Task.FromResult(gateway.Log.Lines.Count > 0), "the first probe");

        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("one");
        ((int)(await gateway.Client.GetAsync("/health/ready")).StatusCode).ShouldBe(503);
    }
}
