using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Finds events by what they belong together with, and those of operators: the story of an order, and the list of
/// what was done by hand, would else read every event there is. Marten lays no such indexes, and is told to leave them
/// alone.</summary>
internal sealed class EventIndexes(NpgsqlDataSource database) : IHostedService
{
    /// <summary>Each with what comes after the table's name.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mt_events_correlation_id"] = "(correlation_id)",
        ["mt_events_of_operators"] = $"(timestamp, id) where {OperatorAction.IsOne}",
    };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Two that start at once would both lay it, and one fail. Looked for first: "if not exists" waits for every open
        // transaction that appends, and holds up all that come after, only to find that there is nothing to do.
        foreach (var (name, definition) in All)
        {
            await using var command = database.CreateCommand($"""
                select pg_advisory_xact_lock(hashtext('{name}'));
                do $$ begin
                    if to_regclass('{MartenBaseline.Schema}.{name}') is null then
                        create index {name} on {MartenBaseline.Schema}.mt_events {definition};
                    end if;
                end $$;
                """);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
