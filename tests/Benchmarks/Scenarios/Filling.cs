using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Benchmarks;

/// <summary>Makes a store old: orders that were placed, paid and delivered, copied from one that was, while Orders does not
/// run. The publisher has told of them all.</summary>
internal static class Filling
{
    private const int OrdersAtOnce = 5_000;

    public static async Task<long> CountAsync(RunningPlatform platform)
    {
        await using var database = Open(platform);
        await using var command = database.CreateCommand("select count(*) from store.mt_events");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <returns>How many events there are then.</returns>
    public static async Task<long> FillAsync(RunningPlatform platform, long events)
    {
        await using var database = Open(platform);
        var count = await CountAsync(platform);
        await using var seed = database.CreateCommand(
            "select stream_id, version from store.mt_events where type = 'order_activated' order by seq_id limit 1");
        await using var row = await seed.ExecuteReaderAsync();
        if (!await row.ReadAsync()) throw new InvalidOperationException("There is no order yet to copy.");
        var (order, length) = (row.GetGuid(0), row.GetInt64(1));
        for (var missing = (events - count) / length; missing > 0; missing -= OrdersAtOnce)
        {
            await CopyAsync(database, order, (int)Math.Min(missing, OrdersAtOnce));
            Stage.Say($"the store fills: {events - (Math.Max(0, missing - OrdersAtOnce) * length)} events");
        }

        await row.CloseAsync();
        foreach (var sql in (string[])
            [
                "update store.mt_event_progression set last_seq_id = (select max(seq_id) from store.mt_events) "
                    + "where name <> 'HighWaterStuckGap'",
                "vacuum analyze",
            ])
        {
            await using var after = database.CreateCommand(sql);
            await after.ExecuteNonQueryAsync();
        }

        return await CountAsync(platform);
    }

    private static async Task CopyAsync(NpgsqlDataSource database, Guid order, int times)
    {
        await using var command = database.CreateCommand("""
            with copies as materialized (select gen_random_uuid() as id, number from generate_series(1, $2) number),
            streams as (
                insert into store.mt_streams
                select made.* from store.mt_streams old
                cross join copies
                cross join lateral jsonb_populate_record(old, jsonb_build_object('id', copies.id)) made
                where old.id = $1)
            insert into store.mt_events
            select made.* from (
                select old, copies.id from copies cross join store.mt_events old
                where old.stream_id = $1 order by copies.number, old.version) both_of
            cross join lateral jsonb_populate_record(both_of.old, jsonb_build_object(
                'seq_id', nextval('store.mt_events_sequence'),
                'id', gen_random_uuid(),
                'stream_id', both_of.id,
                'data', replace((both_of.old).data::text, $1::text, both_of.id::text)::jsonb)) made
            """);
        command.Parameters.AddWithValue(order);
        command.Parameters.AddWithValue(times);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlDataSource Open(RunningPlatform platform) =>
        NpgsqlDataSource.Create(platform.ConnectionString("orders") + ";Command Timeout=0");
}
