using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>How long ago each rule that removes rows last ran: what is kept longer than promised is seen by it.</summary>
internal sealed class RetentionMeasure(ServiceDefinition definition, NpgsqlDataSource database, TimeProvider clock)
    : IMeasure
{
    private static readonly Gauge Age = new("eperfect.retention.age", "s", "How long ago the retention rule last ran, by rule");

    public IReadOnlyList<Gauge> Gauges { get; } = [Age];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var runs = await RetentionTable.ReadAsync(database, cancellationToken);
        // A rule that there is no more has a row still.
        return
        [
            .. from one in definition.Swept
               where runs.ContainsKey(one.Rule.Rule)
               select Measured.Of(Age, Math.Max(0, (now - runs[one.Rule.Rule].RanAt).TotalSeconds), "rule", one.Rule.Rule),
        ];
    }
}
