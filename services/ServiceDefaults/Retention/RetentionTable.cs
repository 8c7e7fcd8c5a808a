using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.ServiceDefaults;

/// <summary>One row for each rule that is swept: when it last ran, and what it removed that is not told yet. Locked while the
/// rule runs.</summary>
internal static class RetentionTable
{
    private const string Name = $"{MartenBaseline.Schema}.retention_runs";

    public const string Told = $"update {Name} set removed = removed - ? where rule = ?";

    public static Table Make()
    {
        var table = new Table(Name);
        table.AddColumn<string>("rule").AsPrimaryKey();
        table.AddColumn<DateTimeOffset>("ran_at").NotNull();
        table.AddColumn<int>("removed").NotNull().DefaultValue(0);
        return table;
    }

    public static void Add(StoreOptions options) => options.Storage.ExtendedSchemaObjects.Add(Make());

    /// <summary>Known from now on.</summary>
    public static async Task EnsureAsync(
        NpgsqlConnection connection, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"insert into {Name} (rule, ran_at) values ($1, $2) on conflict do nothing", connection);
        command.Parameters.AddWithValue(rule);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>False if another instance is running it at this moment.</returns>
    public static async Task<bool> LockAsync(NpgsqlTransaction transaction, string rule, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select 1 from {Name} where rule = $1 for update skip locked", transaction.Connection, transaction);
        command.Parameters.AddWithValue(rule);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    public static async Task RanAsync(
        NpgsqlTransaction transaction, string rule, DateTimeOffset now, int removed, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"update {Name} set ran_at = $2, removed = removed + $3 where rule = $1", transaction.Connection, transaction);
        command.Parameters.AddWithValue(rule);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(removed);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>When each rule ran, and what it removed that is not told yet.</summary>
    public static async Task<IReadOnlyDictionary<string, (DateTimeOffset RanAt, int Removed)>> ReadAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select rule, ran_at, removed from {Name}");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, (DateTimeOffset, int)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
            found[rows.GetString(0)] = (rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt32(2));
        return found;
    }
}
