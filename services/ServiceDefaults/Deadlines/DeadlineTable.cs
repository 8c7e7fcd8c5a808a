using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.ServiceDefaults;

/// <summary>The rows that say what is due when. A projection: dropped and rebuilt, it is the same.</summary>
internal static class DeadlineTable
{
    public const string Name = "deadlines";

    public static Table In(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        table.AddColumn<Guid>("stream_id").AsPrimaryKey();
        table.AddColumn<string>("kind").AsPrimaryKey();
        table.AddColumn<string>("argument").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("due").NotNull().AddIndex();
        table.AddColumn<string>("trace_parent");
        table.AddColumn<DateTimeOffset>("claimed_until");
        table.AddColumn<Guid>("cause");
        table.AddColumn<int>("failures");
        table.AddColumn<string>("last_failure");
        // The claim under which it failed last: who fails runs no more, though the claim goes on for a while.
        table.AddColumn<DateTimeOffset>("failed_claim");
        return table;
    }

    public static string Set(string schema) => $"""
        insert into {schema}.{Name} (stream_id, kind, argument, due, trace_parent, cause) values (?, ?, ?, ?, ?, ?)
        on conflict (stream_id, kind, argument) do update
        set due = excluded.due, trace_parent = excluded.trace_parent, cause = excluded.cause, claimed_until = null,
            failures = null, last_failure = null, failed_claim = null
        """;

    public static string Clear(string schema) =>
        $"delete from {schema}.{Name} where stream_id = ? and kind = ? and argument = ?";

    /// <summary>Takes what is due, free, not held and of a kind that is known here: another kind is for an instance of a newer
    /// version, and stays free for it. A claim ends by itself, so what a killed process had taken runs
    /// elsewhere. By row address: the table is empty most of the time, and a plan that was made then would read all of it
    /// for each row once it is not. A row that somebody changes meanwhile is found the next time.</summary>
    public static async Task<IReadOnlyList<(Deadline Deadline, string? TraceParent, Guid? Cause)>> ClaimAsync(
        NpgsqlDataSource database,
        string schema,
        string notHeld,
        string[] kinds,
        DateTimeOffset now,
        TimeSpan lease,
        int most,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            update {schema}.{Name} set claimed_until = $1 + $2
            where ctid = any(array(
                select ctid from {schema}.{Name}
                where due <= $1 and (claimed_until is null or claimed_until <= $1) and kind = any($4){notHeld}
                order by due limit $3 for update skip locked))
            returning stream_id, kind, argument, due, trace_parent, cause
            """);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(lease);
        command.Parameters.AddWithValue(most);
        command.Parameters.AddWithValue(kinds);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new List<(Deadline, string?, Guid?)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var due = await rows.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken);
            var trace = await rows.IsDBNullAsync(4, cancellationToken) ? null : rows.GetString(4);
            Guid? cause = await rows.IsDBNullAsync(5, cancellationToken) ? null : rows.GetGuid(5);
            taken.Add((new Deadline(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), due), trace, cause));
        }

        return taken;
    }

    /// <summary>Notes that it failed, unless somebody has changed it meanwhile. For operators: it runs again in any
    /// case.</summary>
    public static async Task FailedAsync(
        NpgsqlDataSource database, string schema, Deadline deadline, string failure, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            update {schema}.{Name}
            set failures = coalesce(failures, 0) + 1, last_failure = $5, failed_claim = claimed_until
            where stream_id = $1 and kind = $2 and argument = $3 and due = $4
            """);
        command.Parameters.AddWithValue(deadline.StreamId);
        command.Parameters.AddWithValue(deadline.Kind);
        command.Parameters.AddWithValue(deadline.Argument);
        command.Parameters.AddWithValue(deadline.Due.ToUniversalTime());
        command.Parameters.AddWithValue(failure);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes it away, unless somebody has changed it meanwhile.</summary>
    public static async Task EndAsync(
        NpgsqlDataSource database, string schema, Deadline deadline, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"delete from {schema}.{Name} where stream_id = $1 and kind = $2 and argument = $3 and due = $4");
        command.Parameters.AddWithValue(deadline.StreamId);
        command.Parameters.AddWithValue(deadline.Kind);
        command.Parameters.AddWithValue(deadline.Argument);
        command.Parameters.AddWithValue(deadline.Due.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>How many should have run a while ago, beside what is held.</summary>
    public static async Task<long> OverdueAsync(
        NpgsqlDataSource database, string schema, string notHeld, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select count(*) from {schema}.{Name} where due < $1{notHeld}");
        command.Parameters.AddWithValue(before.ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
