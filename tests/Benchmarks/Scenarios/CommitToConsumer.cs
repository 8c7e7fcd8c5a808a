using EPerfect.Contracts.Orders;
using EPerfect.ServiceDefaults;
using Npgsql;

namespace EPerfect.Benchmarks;

/// <summary>From the commit of an order in Orders until Privacy's consumer has it: publisher, broker, consumer; payment
/// held back. Both times are in what the two services stored.</summary>
internal static class CommitToConsumer
{
    private const double PerSecond = 500;
    private const string Queue = "privacy.feed-order-placed";

    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var (p99, rates, all) = (new List<double>(), new List<double>(), new Measured());
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            var from = DateTimeOffset.UtcNow;
            Measured placed;
            BacklogCount after;
            await using (await HeldPayments.BeginAsync(stage.Platform))
            {
                placed = await stage.Generator.OpenAsync(
                    await PlaceOrders.TargetAsync(stage), PerSecond, stage.Options.Connections, stage.Options.Turn);
                after = await stage.Backlog.CountAsync();
                Rounds.Demand(placed);
                await stage.SettleAsync();
            }

            await stage.SettleAsync();
            var measured = new Measured { Duration = placed.Duration };
            var consumed = await ConsumedAsync(stage, from);
            foreach (var (message, at) in await CommittedAsync(stage, from)) measured.Add(consumed[message] - at);
            await stage.TidyAsync();
            Stage.Say($"round {round + 1}: answered {placed}, left {after}; at the consumer {measured}");
            if (round < 0) continue;
            p99.Add(measured.P99);
            rates.Add(placed.PerSecond);
            all.Join(measured);
        }

        return
        [
            new(
                $"commit to Privacy's consumer at {PerSecond:F0} orders/s, p99, ms", $"{all}",
                $"{Rounds.Median(rates):F0} orders/s were taken",
                Rounds.Median(p99), Aim.Under(50)),
        ];
    }

    private static async Task<List<(Guid Message, DateTimeOffset At)>> CommittedAsync(Stage stage, DateTimeOffset from)
    {
        await using var database = NpgsqlDataSource.Create(stage.Platform.ConnectionString("orders"));
        await using var command = database.CreateCommand(
            "select id, timestamp from store.mt_events where type = 'order_placed' and timestamp >= $1");
        command.Parameters.AddWithValue(from);
        await using var rows = await command.ExecuteReaderAsync();
        var committed = new List<(Guid, DateTimeOffset)>();
        while (await rows.ReadAsync())
            committed.Add((
                DeterministicId.From(rows.GetGuid(0), OrderPlaced.Name), await rows.GetFieldValueAsync<DateTimeOffset>(1)));
        return committed;
    }

    private static async Task<Dictionary<Guid, DateTimeOffset>> ConsumedAsync(Stage stage, DateTimeOffset from)
    {
        await using var database = NpgsqlDataSource.Create(stage.Platform.ConnectionString("privacy"));
        await using var command = database.CreateCommand(
            $"select left(id, 32)::uuid, at from store.mt_doc_receipt where id like '%:{Queue}' and at >= $1");
        command.Parameters.AddWithValue(from);
        await using var rows = await command.ExecuteReaderAsync();
        var consumed = new Dictionary<Guid, DateTimeOffset>();
        while (await rows.ReadAsync()) consumed[rows.GetGuid(0)] = await rows.GetFieldValueAsync<DateTimeOffset>(1);
        return consumed;
    }
}
