using System.Net;
using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>A long outage of the broker, with much in flight: orders are accepted all the while, and nothing needs a
/// restart.</summary>
[Collection<OnePlugAtATime>]
public sealed class BrokerOutageTests(TwoNodes nodes)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(45);
    private const int Orders = 300;
    private readonly RunningPlatform platform = nodes.Platform;

    [Fact, Control("M10")]
    public async Task Given_the_broker_is_down_for_long_Then_orders_are_accepted_and_all_catches_up()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        await customer.EndOfAsync(await customer.OrderAsync());
        var before = await new Ledgers(platform).CapturesAsync();
        var token = TestContext.Current.CancellationToken;

        // A first half is in flight when the plug is pulled, the second is placed into the outage.
        var placing = PlaceAsync(customer, "a");
        await Task.Delay(TimeSpan.FromSeconds(1), token);
        await platform.KillAsync("rabbitmq");
        var end = Task.Delay(Outage, token);
        var first = await placing;
        var second = await PlaceAsync(customer, "b");
        end.IsCompleted.ShouldBeFalse("all orders were accepted during the outage");
        await end;
        await platform.StartAgainAsync("rabbitmq", token);

        foreach (var order in first.Concat(second))
        {
            var ended = await customer.EndOfAsync(order, TimeSpan.FromMinutes(4));
            ended["status"]!.GetValue<string>().ShouldBe("active");
        }

        (await new Ledgers(platform).CapturesAsync()).ShouldBe(before + Orders);
    }

    private static async Task<Guid[]> PlaceAsync(TestCustomer customer, string half)
    {
        using var client = customer.NewClient();
        var placed = new List<Guid>();
        foreach (var chunk in Enumerable.Range(0, Orders / 2).Chunk(20))
        {
            placed.AddRange(await Task.WhenAll(chunk.Select(async i =>
            {
                // At once, not after a while: a client that repeats itself would not see that it was refused.
                var answer = await client.PostWithKeyAsync(
                    "/api/orders", customer.OrderOf($"outage-{half}{i}-{customer.Domain}"));
                answer.StatusCode.ShouldBe(HttpStatusCode.Created);
                return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
            })));
        }

        return [.. placed];
    }
}
