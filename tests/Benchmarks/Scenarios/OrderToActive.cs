using System.Collections.Concurrent;
using System.Text.Json;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Benchmarks;

/// <summary>From when a customer should have sent an order of hosting and a name until it is stored that it is active: payment, a
/// question to Domains, registration, its answer, provisioning.</summary>
internal static class OrderToActive
{
    private const double PerSecond = 100;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var (p50, p99, all) = (new List<double>(), new List<double>(), new Measured());
        var work = "";
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            var target = Target.Post(
                stage.Platform.Gateway, "/api/orders", "active-",
                [.. (await stage.BuyersAsync()).Select(buyer => ((string?)buyer.Token, buyer.HostingAndName))]);
            var at = Work.Now();
            var orders = new ConcurrentDictionary<Guid, DateTimeOffset>();
            // Half as many until all is compiled: who falls behind meanwhile would measure that for long after.
            var (perSecond, turn) = round < 0 ? (PerSecond / 2, stage.Options.WarmUp) : (PerSecond, stage.Options.Turn);
            var placed = await stage.Generator.OpenAsync(
                target, perSecond, stage.Options.Connections, turn,
                (reply, from) => orders[JsonDocument.Parse(reply.Body).RootElement.GetProperty("id").GetGuid()] = from);
            Rounds.Demand(placed);
            var measured = new Measured { Duration = placed.Duration };
            // Orders are asked for once all is done: asking while they wait was a seventh of the work that they waited for.
            await stage.SettleAsync();
            work = Work.Now().Since(at).Of(placed.Count);
            var active = await ActiveAsync(stage.Platform, [.. orders.Keys]);
            foreach (var (order, since) in active) measured.Add(since - orders[order]);
            await stage.TidyAsync();
            Stage.Say($"round {round + 1}: answered {placed}; active {measured}; {work}");
            if (round < 0) continue;
            p50.Add(measured.P50);
            p99.Add(measured.P99);
            all.Join(measured);
        }

        return
        [
            new($"order to active at {PerSecond:F0} orders/s, p50, ms", $"{all}", work, Rounds.Median(p50), Aim.Under(150)),
            new($"order to active at {PerSecond:F0} orders/s, p99, ms", $"{all}", "", Rounds.Median(p99), Aim.Under(1000)),
        ];
    }

    private static async Task<Dictionary<Guid, DateTimeOffset>> ActiveAsync(RunningPlatform platform, Guid[] orders)
    {
        await using var database = NpgsqlDataSource.Create(platform.ConnectionString("orders"));
        var active = new Dictionary<Guid, DateTimeOffset>();
        await Until.TrueAsync(
            async () =>
            {
                active.Clear();
                await using var command = database.CreateCommand(
                    "select stream_id, timestamp from store.mt_events where type = 'order_activated' and stream_id = any($1)");
                command.Parameters.AddWithValue(orders);
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync()) active[rows.GetGuid(0)] = await rows.GetFieldValueAsync<DateTimeOffset>(1);
                return active.Count == orders.Length;
            },
            $"all {orders.Length} orders are active",
            TimeSpan.FromMinutes(5));
        return active;
    }
}
