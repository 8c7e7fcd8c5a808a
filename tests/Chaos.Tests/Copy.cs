using EPerfect.Chaos.Checker;
using Npgsql;

namespace EPerfect.Chaos.Tests;

/// <summary>One service's database once more, with something done to it.</summary>
internal sealed class Copy : IAsyncDisposable
{
    private readonly string admin;
    private readonly string name;

    private Copy(string admin, string name, Stores stores) => (this.admin, this.name, Stores) = (admin, name, stores);

    public Stores Stores { get; }

    public static async Task<Copy> OfAsync(Stores stores, string service, string plant)
    {
        var database = $"planted_{Guid.NewGuid():N}";
        var original = stores.ConnectionStrings[service];
        var source = new NpgsqlConnectionStringBuilder(original).Database;
        var server = In(original, "postgres");
        await RunAsync(server, $"create database {database} template {source} strategy file_copy");
        var copy = new Copy(server, database, stores.With(service, In(original, database)));
        (await RunAsync(In(original, database), plant)).ShouldBeGreaterThan(0, "the run left something to plant it on");
        return copy;
    }

    public async ValueTask DisposeAsync() => await RunAsync(admin, $"drop database {name} with (force)");

    private static string In(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString;

    private static async Task<int> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
