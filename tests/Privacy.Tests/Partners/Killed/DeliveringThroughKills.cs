using EPerfect.Contracts.Orders;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners.Killed;

[CollectionDefinition(nameof(Kills), DisableParallelization = true)]
public sealed class Kills;

/// <summary>Ten thousand events by all three ways at once, while what they pass through is killed, one after the other. What
/// was to come is read from the store by SQL.</summary>
[Collection(nameof(Kills))]
public sealed class DeliveringThroughKills(PostgresServer postgres)
{
    private const int Events = 10_000;

    /// <summary>So that what is killed is killed in the middle of it.</summary>
    private const int FarthestAhead = 1500;

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1);
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S11")]
    public async Task Endpoint_broker_and_Privacy_killed_in_turn_ten_thousand_events_come_without_gap_or_extra_in_order()
    {
        using var webhook = new WebhookPartner();
        await using var platform = await KilledPlatform.StartAsync(postgres, webhook.Url, Token);
        await webhook.StartAsync(platform.Secret);
        using HttpClient one = platform.Program(0), two = platform.Program(1);
        var (pull, queue) = (new PullingPartner([one, two]), new QueuePartner(platform.Queue));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = pull.RunAsync(enough.Token);
        var (told, silent) = (OrdersOf(platform.Agreeing, Events), OrdersOf(platform.Silent, 250));
        var publishing = platform.PublishAsync(
            [.. told.Concat(silent).OrderBy(order => order.OrderId)], published => published - Slowest() < FarthestAhead, Token);
        var consuming = queue.RunAsync(enough.Token);

        await InTheMiddleAsync(1000);
        webhook.Kill();
        await Task.Delay(Away, Token);
        await webhook.StartAsync(platform.Secret);
        var position = webhook.Taken.Once[^1].Position;
        (await two.PostWithKeyAsync("/api/partners/webhook/replay", new { after = position })).EnsureSuccessStatusCode();
        await InTheMiddleAsync(2500);
        await platform.KillBrokerAsync(Away, Token);
        await InTheMiddleAsync(4000);
        await platform.KillAsync(Away, Token, 0);
        await InTheMiddleAsync(5500);
        await platform.KillAsync(Away, Token, 1);
        await InTheMiddleAsync(7000);
        await platform.KillAsync(Away, Token, 0, 1);
        await InTheMiddleAsync(8500);
        await publishing;
        await Until.TrueAsync(() => Task.FromResult(Slowest() >= Events), "all have come", TimeSpan.FromMinutes(2));
        // What was to be repeated, or should not come at all, has its time.
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        await enough.CancelAsync();
        await Task.WhenAll(reading, consuming);

        var stored = await platform.StoredAsync();
        stored.Select(entry => entry.Order).Order().ShouldBe(told.Concat(silent).Select(order => order.OrderId).Order());
        Arrival[] due = [.. stored.Select(entry => entry.Entry).Where(entry => platform.Agreeing.Contains(entry.Subject))];
        due.Length.ShouldBe(Events);
        foreach (var (way, taken) in new[] { ("pull", pull.Taken), ("webhook", webhook.Taken), ("queue", queue.Taken) })
        {
            foreach (var person in platform.Agreeing)
            {
                taken.Once.Where(entry => entry.Subject == person)
                    .ShouldBe(due.Where(entry => entry.Subject == person), $"{way}, {person}");
            }

            taken.Count.ShouldBe(Events, way);
        }

        (await platform.AccountedAsync()).Order().ShouldBe(due.Select(entry => entry.Id).Order(), "repeats add no lines");

        int Slowest() => new[] { pull.Taken.Count, webhook.Taken.Count, queue.Taken.Count }.Min();

        async Task InTheMiddleAsync(int count)
        {
            await Until.TrueAsync(() => Task.FromResult(Slowest() >= count), $"{count} have come", TimeSpan.FromMinutes(2));
            new[] { pull.Taken.Count, webhook.Taken.Count, queue.Taken.Count }.Max().ShouldBeLessThan(Events);
        }
    }

    private static OrderPlaced[] OrdersOf(IReadOnlyList<Guid> people, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new OrderPlaced(
            Guid.NewGuid(), people[i % people.Count], 1, "USD", 10, [], DateTimeOffset.UtcNow, 1)),
    ];
}
