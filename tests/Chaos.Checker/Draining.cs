using System.Globalization;

namespace EPerfect.Chaos.Checker;

/// <summary>What is still under way.</summary>
/// <param name="stores">Where to look.</param>
/// <param name="queues">And on the broker.</param>
public sealed class Draining(Stores stores, Queues queues)
{
    // What is due later than this does not belong to what the run began: renewals, reviews, retention.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <returns>In words; empty when nothing moves any more.</returns>
    public async Task<IReadOnlyList<string>> LeftAsync()
    {
        var left = new List<string>();
        foreach (var service in Stores.Services)
        {
            left.AddRange(await stores.QueryAsync(
                service,
                "select kind, count(*) from store.deadlines where due < now() + interval '"
                + Soon.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " seconds' group by kind",
                row => $"{service}: {row.GetInt64(1)} due: {row.GetString(0)}"));
            left.AddRange(await stores.QueryAsync(
                service,
                """
                select name, last_seq_id, (select max(seq_id) from store.mt_events) from store.mt_event_progression
                where name like '%:%' and last_seq_id < (select max(seq_id) from store.mt_events)
                """,
                row => $"{service}: {row.GetString(0)} is at {row.GetInt64(1)} of {row.GetInt64(2)}"));
        }

        left.AddRange(await stores.QueryAsync(
            "orders",
            """
            select count(*) from store.mt_streams s where exists (
                select from store.mt_events e where e.stream_id = s.id and e.type = 'order_placed')
            and not exists (select from store.mt_events e where e.stream_id = s.id
                and e.type in ('order_activated', 'order_cancelled')) having count(*) > 0
            """,
            row => $"orders: {row.GetInt64(0)} have not ended"));
        left.AddRange((await queues.DepthsAsync())
            .Where(queue => !queue.Key.EndsWith("_error", StringComparison.Ordinal))
            .Select(queue => $"{queue.Value} messages in {queue.Key}"));
        return left;
    }
}
