using EPerfect.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace EPerfect.PersonalData.Tests;

/// <summary>A fresh database of keys and a key file, and as many vaults over them as a test has processes.</summary>
internal sealed class KeyDatabase : IAsyncDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly string directory = Directory.CreateTempSubdirectory("vault").FullName;
    private readonly TestDatabase databases;

    private KeyDatabase(TestDatabase databases, NpgsqlDataSource admin)
    {
        this.databases = databases;
        KeyFile = Path.Combine(directory, "keys");
        Admin = Own(admin);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public string KeyFile { get; private init; }

    /// <summary>Sees every service's keys.</summary>
    public NpgsqlDataSource Admin { get; }

    public static int PortOf(NpgsqlDataSource source) =>
        new NpgsqlConnectionStringBuilder(source.ConnectionString).Port;

    public static async Task<KeyDatabase> CreateAsync(PostgresServer server, bool createTables = true)
    {
        var ct = TestContext.Current.CancellationToken;
        var test = await server.CreateDatabaseAsync("accounts", ct: ct);
        var database = new KeyDatabase(test, NpgsqlDataSource.Create(await server.AdminAsync(test.KeysName)));
        if (createTables)
        {
            await database.Vault().CreateSchemaAsync(ct);
        }

        return database;
    }

    /// <summary>What a backup of now would be restored to, used with the same key file.</summary>
    public async Task<KeyDatabase> CopyAsync(PostgresServer server)
    {
        var ct = TestContext.Current.CancellationToken;
        var restored = await server.RestoreBackupAsync(databases, ct);
        var copy = new KeyDatabase(restored, NpgsqlDataSource.Create(await server.AdminAsync(restored.KeysName)))
        {
            KeyFile = KeyFile,
        };
        copy.Clock.SetUtcNow(Clock.GetUtcNow());
        return copy;
    }

    /// <summary>The vault of another process.</summary>
    public Vault Vault(
        string schema = "accounts", string? role = null, Action<NpgsqlConnectionStringBuilder>? connect = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(databases.KeysFor(role ?? schema)) { MaxPoolSize = 10 };
        connect?.Invoke(connection);
        return Own(new Vault(Options(schema, Own(NpgsqlDataSource.Create(connection)))));
    }

    public VaultOptions Options(string schema, NpgsqlDataSource source) =>
        new(source, schema, new FileKeyEncryptionKeyProvider(KeyFile, allowed: true), Clock);

    public async Task<List<string>> RowsAsync(string sql)
    {
        var rows = new List<string>();
        await using var command = Admin.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        owned.ForEach(one => one.Dispose());
        await databases.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
