using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.PersonalData.Tests;

/// <summary>A fresh key store and a key file, and as many vaults over them as a test has processes.</summary>
public sealed class KeyDatabase : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];
    private readonly string directory = Directory.CreateTempSubdirectory("vault").FullName;
    private readonly string connectionString;

    private KeyDatabase(string connectionString) => this.connectionString = connectionString;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public string KeyFile => Path.Combine(directory, "keys");

    public static async Task<KeyDatabase> CreateAsync(LocalPostgres server, bool createSchema = true)
    {
        var name = $"keys_{Guid.NewGuid():N}";
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString);
        await admin.CreateCommand($"create database {name}").ExecuteNonQueryAsync();
        var database = new KeyDatabase(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString);
        if (createSchema)
        {
            await database.Vault().CreateSchemaAsync(TestContext.Current.CancellationToken);
        }

        return database;
    }

    public Vault Vault(string schema = "accounts", Action<NpgsqlConnectionStringBuilder>? connect = null) =>
        Own(new Vault(Options(schema, connect)));

    public VaultOptions Options(string schema = "accounts", Action<NpgsqlConnectionStringBuilder>? connect = null) =>
        new(Source(connect), schema, new FileKeyEncryptionKeyProvider(KeyFile, allowed: true), Clock);

    public NpgsqlDataSource Source(Action<NpgsqlConnectionStringBuilder>? connect = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 10 };
        connect?.Invoke(builder);
        var source = NpgsqlDataSource.Create(builder);
        owned.Add(source);
        return source;
    }

    public async Task<List<string>> RowsAsync(string sql)
    {
        var rows = new List<string>();
        await using var reader = await Source().CreateCommand(sql).ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public Task ExecuteAsync(string sql) => Source().CreateCommand(sql).ExecuteNonQueryAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in owned)
        {
            await one.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    private Vault Own(Vault vault)
    {
        owned.Add(new Closing(vault));
        return vault;
    }

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
