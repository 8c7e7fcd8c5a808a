using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Kills the broker itself; has one of its own, so that nobody else's messages are in the way.</summary>
public sealed class BrokerKillTests(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly BrokerServer broker = new();

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Given_messages_on_their_way_When_the_broker_is_killed_and_started_again_Then_all_arrive_once()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        try
        {
            var raising = Enumerable.Range(0, 40).Select(_ => sender.RaiseAsync(times: 10)).ToArray();
            await Task.Delay(400, Token);
            await broker.KillAsync();
            var ids = await Task.WhenAll(raising);
            await Task.Delay(2000, Token);
            await broker.StartAgainAsync(Token);

            foreach (var id in ids)
            {
                await Until.TrueAsync(
                    async () => (await receiver.EchoAsync(id))?.Times == 10, "ten raises are heard", TimeSpan.FromMinutes(1));
            }
        }
        catch (TimeoutException)
        {
            foreach (var line in sender.Log.Lines.Concat(receiver.Log.Lines)
                .Where(line => !line.StartsWith("Information", StringComparison.Ordinal)))
                TestContext.Current.TestOutputHelper!.WriteLine(line[..Math.Min(600, line.Length)]);
            throw;
        }
    }
}
