using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>SIGKILL in the middle of twenty journeys: each ends as it would have, and nothing happens twice.</summary>
public sealed class KillTests(RunningPlatform platform) : IClassFixture<RunningPlatform>
{
    private const int Journeys = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("orders")]
    [InlineData("domains")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public async Task Given_twenty_journeys_When_a_part_is_killed_and_started_again_Then_each_ends_once(string part)
    {
        var ledgers = new Ledgers(platform);
        var before = await CountAsync(ledgers);
        var customers = Enumerable.Range(0, Journeys).Select(_ => new TestCustomer(platform)).ToArray();

        await Task.WhenAll(customers.Select(customer => customer.SignUpAsync()));

        var journeys = customers.Select(customer => customer.LiveThroughItAsync(Patience)).ToArray();
        await Until.TrueAsync(
            async () => Array.Exists(journeys, journey => journey.IsCompleted)
                || await ledgers.CapturesAsync() > before.Captures + 3,
            "the journeys are on their way");
        journeys.ShouldContain(journey => !journey.IsCompleted);
        await platform.KillAsync(part);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await platform.StartAgainAsync(part, TestContext.Current.CancellationToken);

        foreach (var order in await EndsOfAsync(journeys)) order["status"]!.GetValue<string>().ShouldBe("active");
        var after = await CountAsync(ledgers);
        after.ShouldBe((
            before.Captures + Journeys, before.Authorisations + Journeys,
            before.Provisioned + Journeys, before.Registered + Journeys));
        foreach (var customer in customers) customer.Dispose();
    }

    private async Task<JsonObject[]> EndsOfAsync(Task<JsonObject>[] journeys)
    {
        try
        {
            return await Task.WhenAll(journeys);
        }
        catch (TimeoutException)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Evidence.Of(platform));
            throw;
        }
    }

    private static async Task<(long Captures, long Authorisations, long Provisioned, long Registered)> CountAsync(
        Ledgers ledgers) => (
        await ledgers.CapturesAsync(),
        await ledgers.CapturedAuthorisationsAsync(),
        await ledgers.ProvisionedAsync(),
        await ledgers.RegisteredAsync());
}
