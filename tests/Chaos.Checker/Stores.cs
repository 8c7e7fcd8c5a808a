using Npgsql;

namespace EPerfect.Chaos.Checker;

/// <summary>Where the services keep their streams, and the outside systems their books.</summary>
/// <param name="ConnectionStrings">By service.</param>
public sealed record Stores(IReadOnlyDictionary<string, string> ConnectionStrings)
{
    /// <summary>The services.</summary>
    public static readonly IReadOnlyList<string> Services = ["accounts", "orders", "domains", "privacy"];

    /// <summary>The same, but one service's database is another.</summary>
    public Stores With(string service, string connectionString) =>
        new(new Dictionary<string, string>(ConnectionStrings, StringComparer.Ordinal) { [service] = connectionString });

    /// <summary>All rows of a query, as one moment shows them.</summary>
    internal async Task<IReadOnlyList<T>> QueryAsync<T>(string service, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = await OpenAsync(service);
        return await QueryAsync(connection, sql, read);
    }

    internal async Task<NpgsqlConnection> OpenAsync(string service)
    {
        // Not from a pool: what a killed server leaves in it is dead.
        var connection = new NpgsqlConnection($"{ConnectionStrings[service]};Pooling=false;Timeout=5;Command Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task<IReadOnlyList<T>> QueryAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await rows.ReadAsync()) found.Add(read(rows));
        return found;
    }
}
