using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What should have run by now, and what will soon.</summary>
internal sealed class DeadlineMeasure(ServiceDefinition definition, NpgsqlDataSource database, TimeProvider clock) : IMeasure
{
    private static readonly Gauge Overdue = new(
        "eperfect.deadlines.overdue", "{deadline}", "Work that has been due for longer than ten seconds, by kind");

    private static readonly Gauge Soon = new(
        "eperfect.deadlines.next_day", "{deadline}", "Work that falls due in the next 24 hours, by kind");

    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(10);

    // What an operator holds back is not overdue. A kind that nobody here knows is told too: it waits for another version.
    private readonly string query = $"""
        select coalesce(k.name, d.kind), count(d.kind) filter (where d.due < $2), count(d.kind) filter (where d.due >= $2)
        from unnest($1) k(name)
        full join (select kind, due from {MartenBaseline.Schema}.{DeadlineTable.Name}
                   where due < $3{StoppedEffects.NotHeld(definition.Effects)}) d on d.kind = k.name
        group by 1
        """;

    public IReadOnlyList<Gauge> Gauges { get; } = [Overdue, Soon];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        if (definition.DeadlinesOf is null) return [];
        var now = clock.GetUtcNow().ToUniversalTime();
        await using var command = database.CreateCommand(query);
        command.Parameters.AddWithValue(definition.DeadlineHandlers.Keys.ToArray());
        command.Parameters.AddWithValue(now - Tolerated);
        command.Parameters.AddWithValue(now.AddDays(1));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Measured>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(Measured.Of(Overdue, rows.GetInt64(1), "kind", rows.GetString(0)));
            found.Add(Measured.Of(Soon, rows.GetInt64(2), "kind", rows.GetString(0)));
        }

        return found;
    }
}
