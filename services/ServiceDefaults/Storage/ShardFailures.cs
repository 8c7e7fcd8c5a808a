using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Why the publisher or a projection failed last, and at which event: known to the instance that leads, written down for all. By
/// the type of the exception: its message may quote the event.
/// </summary>
internal sealed class ShardFailures(NpgsqlDataSource database)
{
    internal const string Name = $"{MartenBaseline.Schema}.shard_failures";

    public async Task WriteAsync(string shard, ShardFailure failure, CancellationToken cancellationToken)
    {
        // With the place at which it stood: as soon as it moves on, the failure is over.
        await using var command = database.CreateCommand($"""
            insert into {Name} (shard, stood_at, failure, event_sequence, at)
            select $1, coalesce(
              (select last_seq_id from {MartenBaseline.Schema}.mt_event_progression where name = $1), 0), $2, $3, $4
            on conflict (shard) do update set stood_at = excluded.stood_at, failure = excluded.failure,
              event_sequence = excluded.event_sequence, at = excluded.at
            """);
        command.Parameters.AddWithValue(shard);
        command.Parameters.AddWithValue(failure.RootExceptionType);
        command.Parameters.AddWithValue((object?)failure.Event?.Sequence ?? DBNull.Value);
        command.Parameters.AddWithValue(failure.OccurredAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static void Add(StoreOptions options)
    {
        var table = new Table(Name);
        table.AddColumn<string>("shard").AsPrimaryKey();
        table.AddColumn<long>("stood_at").NotNull();
        table.AddColumn<string>("failure").NotNull();
        table.AddColumn<long>("event_sequence");
        table.AddColumn<DateTimeOffset>("at").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }
}
