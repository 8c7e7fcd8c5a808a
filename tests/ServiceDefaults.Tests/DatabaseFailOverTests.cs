using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>deploy/runbooks/database-fail-over.md, with real servers.</summary>
public sealed class DatabaseFailOverTests(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_primary_is_killed_and_the_standby_promoted_and_all_that_was_acknowledged_is_there_once()
    {
        await using var pair = await PostgresPair.StartAsync(Token);
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var service = await TestService.StartAsync(Sender.Define(), postgres, host, pair.Database);
        await using var openers = new Openers(service);
        await openers.UntilMoreAsync(50);

        await pair.KillPrimaryAsync();
        await openers.UntilRefusedAsync();
        await pair.PromoteAsync(Token);

        await openers.UntilMoreAsync(50);
        await openers.EndWithNothingLostAsync(pair.OnStandby, Token);
        // Who leads and who keeps keys find the new one too, and nothing was restarted.
        var progress = service.Services.GetRequiredService<ShardProgress>();
        await Until.TrueAsync(
            async () => (await progress.ReadAsync(Token)).All(place => place.Behind == 0), "the publisher goes on");
        await Until.TrueAsync(async () => await HealthAsync(service) == "Healthy", "all is well");
    }

    private static async Task<string> HealthAsync(TestService service)
    {
        using var answer = await service.Client.GetAsync("/health/ready", Token);
        return answer.Headers.GetValues(HealthHeader.Name).Single();
    }
}
