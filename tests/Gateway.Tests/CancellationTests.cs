namespace EPerfect.Gateway.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task When_a_client_leaves_Then_the_service_stops_working_for_it()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var leaving = new CancellationTokenSource();

        var asked = gateway.Client.GetAsync("/api/orders/stuck", leaving.Token);
        await orders.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        // Sooner than the time limit would have ended it.
        await orders.Left.Task.WaitAsync(TimeSpan.FromSeconds(1.5));
        gateway.Log.Lines.ShouldNotContain(line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_clients_that_leave_are_no_trouble_for_those_that_stay()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        for (var round = 0; round < 5; round++)
        {
            using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            var left = Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/api/orders/stuck", leaving.Token));
            await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(left));

            var stay = Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/api/orders/1"));
            var stayed = await Task.WhenAll(stay);
            stayed.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        }
    }
}
