using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>
/// Two nodes of one service: one publishes, the other stands by and takes over when the first is killed, whichever it
/// is.
/// </summary>
[Collection<OnePlugAtATime>]
public sealed class HotColdTests(TwoNodes nodes)
{
    private readonly RunningPlatform platform = nodes.Platform;

    [Fact]
    public async Task Given_two_nodes_When_either_is_killed_Then_the_other_goes_on_publishing()
    {
        using var customer = new TestCustomer(platform);
        (await customer.LiveThroughItAsync())["status"]!.GetValue<string>().ShouldBe("active");

        foreach (var node in new[] { "orders", "orders-2" })
        {
            await platform.KillAsync(node);

            // Only a published request gets a name registered, so an active order proves a live publisher.
            var order = await customer.EndOfAsync(
                await customer.OrderAsync($"after-{node}-{customer.Domain}"), TimeSpan.FromMinutes(1));
            order["status"]!.GetValue<string>().ShouldBe("active");

            await platform.StartAgainAsync(node, TestContext.Current.CancellationToken);
        }
    }
}
