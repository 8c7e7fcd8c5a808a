using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Finds events by what they belong together with, and those of operators: the story of an order, and the list of
/// what was done by hand, would else read every event there is. Marten lays no such indexes, and is told to leave them
/// alone.</summary>
internal sealed class EventIndexes(NpgsqlDataSource database, ServiceDefinition definition) : ILaysTables
{
    private static readonly Dictionary<string, string> OfAll = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mt_events_correlation_id"] = "(correlation_id)",
        ["mt_events_of_operators"] = $"(timestamp, id) where {OperatorAction.IsOne}",
    };

    /// <summary>Each with what comes after the table's name: those of every service, and its own.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ServiceDefinition definition) => OfAll.Concat(definition.Indexes);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, columns) in Of(definition))
        {
            await SchemaChange.MakeAsync(
                database,
                name,
                $"to_regclass('{MartenBaseline.Schema}.{name}') is null",
                $"create index {name} on {MartenBaseline.Schema}.mt_events {columns}",
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
