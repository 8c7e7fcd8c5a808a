using Marten;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>How far the publisher and the projections are behind what is stored.</summary>
internal sealed class ProgressMeasure(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock) : IMeasure
{
    private static readonly Gauge Lag = new(
        "eperfect.progress.lag", "{event}", "Events that are stored and not taken up yet, by shard; the publisher is one");

    private static readonly Gauge Age = new(
        "eperfect.progress.age", "s", "How long the oldest event that is not taken up has been stored, by shard");

    private static readonly string Query = $"""
        select s.name, m.newest - coalesce(p.last_seq_id, 0),
          (select e.timestamp from {MartenBaseline.Schema}.mt_events e
           where e.seq_id > coalesce(p.last_seq_id, 0) order by e.seq_id limit 1)
        from unnest($1) s(name)
        cross join (select coalesce(max(seq_id), 0) newest from {MartenBaseline.Schema}.mt_events) m
        left join {MartenBaseline.Schema}.mt_event_progression p on p.name = s.name
        """;

    public IReadOnlyList<Gauge> Gauges { get; } = [Lag, Age];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue(
            ((DocumentStore)store).Options.Projections.AllShards().Select(shard => shard.Name.Identity).ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Measured>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var shard = rows.GetString(0);
            found.Add(Measured.Of(Lag, Math.Max(0, rows.GetInt64(1)), "shard", shard));
            var age = await rows.IsDBNullAsync(2, cancellationToken)
                ? TimeSpan.Zero
                : clock.GetUtcNow() - await rows.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken);
            found.Add(Measured.Of(Age, Math.Max(0, age.TotalSeconds), "shard", shard));
        }

        return found;
    }
}
