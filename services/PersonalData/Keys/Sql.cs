using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Asks the database of keys. What is asked at once is one transaction: all of it, or nothing.</summary>
internal sealed class Sql(VaultOptions options)
{
    public static NpgsqlBatchCommand Command(string sql, KeyName name, params object?[] values) =>
        Command(sql, [name.Subject, (short)name.Group, .. values]);

    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>
    /// Waits for whoever changes this subject's keys or holds at the moment. Stands first: each statement after it sees
    /// what was committed before. Gives one result.
    /// </summary>
    public NpgsqlBatchCommand Alone(Guid subject) =>
        Command("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"vault {options.Schema} {subject:N}");

    /// <summary>The same for several; always in one order, so that no two wait for each other. Gives one result.</summary>
    public NpgsqlBatchCommand Alone(IEnumerable<Guid> subjects) => Command(
        "select pg_advisory_xact_lock(hashtextextended(name, 0)) from (select unnest($1) as name order by 1) names",
        [subjects.Distinct().Select(subject => $"vault {options.Schema} {subject:N}").ToArray()]);

    /// <summary>Keeps epochs from being closed until what is stored under one is committed. Gives one result.</summary>
    public NpgsqlBatchCommand EpochsShared() =>
        Command("select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", EpochsName);

    /// <summary>Waits until nothing is being stored under any epoch. Gives one result.</summary>
    public NpgsqlBatchCommand EpochsAlone() =>
        Command("select pg_advisory_xact_lock(hashtextextended($1, 0))", EpochsName);

    /// <summary>Moves the generation and tells all who listen. Gives the new one as its result.</summary>
    public NpgsqlBatchCommand Moved() => Command(
        $"with moved as (update {options.Schema}.key_generation set gen = gen + 1 returning gen) "
        + "select gen, pg_notify($1, gen::text) from moved", Channel);

    /// <summary>Where a new generation is told.</summary>
    public string Channel => $"vault_{options.Schema}";

    private string EpochsName => $"vault {options.Schema} epochs";

    public Task<T> ReadAsync<T>(
        NpgsqlBatchCommand[] commands, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct) => AskAsync(async () =>
        {
            await using var batch = Batch(commands);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            var result = await read(reader);
            // A statement that fails later is heard of only when its result is come to.
            while (await reader.NextResultAsync(ct))
            {
            }

            return result;
        });

    public Task<T> ScalarAsync<T>(NpgsqlBatchCommand[] commands, CancellationToken ct) => AskAsync(async () =>
    {
        await using var batch = Batch(commands);
        return (T)(await batch.ExecuteScalarAsync(ct))!;
    });

    /// <summary>The rows of one result; the next is then the current one.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        await reader.NextResultAsync(ct);
        return rows;
    }

    private static Task<T> AskAsync<T>(Func<Task<T>> ask) => VaultMetrics.MeasureAsync(() => Outage.GuardAsync(ask));

    private NpgsqlBatch Batch(NpgsqlBatchCommand[] commands)
    {
        var batch = options.Source.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
