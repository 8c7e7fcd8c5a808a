using System.Collections.Concurrent;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using Npgsql;
using Xunit;

namespace EPerfect.Testing;

/// <summary>
/// A private PostgreSQL for one test process, started by the launcher's code when the first test asks for a database
/// and gone with the process. To be declared with <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly Lazy<Task<Postgres>> server;
    private readonly ConcurrentDictionary<string, Lazy<Task<TestDatabase>>> laid = new(StringComparer.Ordinal);
    private Home? home;
    private int created;

    /// <summary>Nothing is started here.</summary>
    public PostgresServer() => server = new Lazy<Task<Postgres>>(StartAsync);

    /// <summary>Nothing to do: the server starts when it is first needed.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// A database that belongs to <paramref name="role"/> and a key vault database beside it, both fresh, or both
    /// copied from another pair that nobody is connected to.
    /// </summary>
    public async Task<TestDatabase> CreateDatabaseAsync(
        string role, TestDatabase? copyOf = null, CancellationToken ct = default)
    {
        var postgres = await server.Value;
        var number = Interlocked.Increment(ref created);
        var store = $"{role}_{number}";
        var keys = $"{Databases.Keys}_{number}";
        await using var admin = await postgres.OpenAsync("postgres", ct);
        await CopyAsync(admin, copyOf?.Name ?? role, store, [role], "connect, create, temporary", ct);
        await CopyAsync(admin, copyOf?.KeysName ?? Databases.Keys, keys, Databases.Roles, "connect", ct);
        var database = new TestDatabase(store, keys, role, postgres);
        if (copyOf is not null && File.Exists(copyOf.KeyFile)) File.Copy(copyOf.KeyFile, database.KeyFile);
        return database;
    }

    /// <summary>
    /// Like <see cref="CreateDatabaseAsync"/>, with the tables of the first of that role laid already: it takes longer than
    /// all else at a start, and whoever starts lays what is missing.
    /// </summary>
    internal async Task<TestDatabase> CreateLaidAsync(string role, Func<TestDatabase, Task> lay, CancellationToken ct)
    {
        var template = laid.GetOrAdd(role, new Lazy<Task<TestDatabase>>(async () =>
        {
            var empty = await CreateDatabaseAsync(role, ct: CancellationToken.None);
            await lay(empty);
            return empty;
        }));
        return await CreateDatabaseAsync(role, await template.Value.WaitAsync(ct), ct);
    }

    /// <summary>A backup of a key vault database, restored beside it: a real dump, read by a real restore.</summary>
    public async Task<TestDatabase> RestoreBackupAsync(TestDatabase of, CancellationToken ct = default)
    {
        var restored = await CreateDatabaseAsync(of.Role, ct: ct);
        var backup = Path.Combine(Path.GetTempPath(), $"{restored.KeysName}-{Guid.CreateVersion7():N}.dump");
        var binaries = PostgresBinaries.Find()!.Folder;
        string[][] commands =
        [
            [Path.Combine(binaries, "pg_dump"), "-Fc", "-f", backup, await UriAsync(of.KeysName)],
            [Path.Combine(binaries, "pg_restore"), "--clean", "--if-exists", "-d", await UriAsync(restored.KeysName), backup],
        ];
        foreach (var command in commands)
        {
            var result = await Tool.RunAsync(ct, command);
            if (result.ExitCode != 0) throw new InvalidOperationException($"{command[0]}: {result.Output}");
        }

        File.Delete(backup);
        if (File.Exists(of.KeyFile)) File.Copy(of.KeyFile, restored.KeyFile);
        return restored;
    }

    /// <summary>The superuser's connection string, for tests that look behind the scenes.</summary>
    public async Task<string> AdminAsync(string database = "postgres") =>
        (await server.Value).ConnectionString(database);

    /// <summary>Every file of the server, write-ahead log included: for searching it for what must not be
    /// there.</summary>
    public async Task<string> DataFolderAsync() => (await server.Value).DataFolder;

    /// <summary>Stops the server and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            // Nobody will read it again: no need to shut down cleanly.
            await (await server.Value).KillAsync();
            home!.Delete();
        }
    }

    private async Task<string> UriAsync(string database)
    {
        var admin = new NpgsqlConnectionStringBuilder(await AdminAsync(database));
        return $"postgresql://{admin.Username}:{Uri.EscapeDataString(admin.Password!)}@{admin.Host}:{admin.Port}/{database}";
    }

    private async Task<Postgres> StartAsync()
    {
        await Requirements.EnsureAsync(CancellationToken.None);
        home = Sandbox.Create("postgres", passing: true);
        var postgres = new Postgres(home, durable: false);
        await postgres.StartAsync(CancellationToken.None);
        return postgres;
    }

    private static async Task CopyAsync(
        NpgsqlConnection admin, string from, string to, IReadOnlyList<string> roles, string rights,
        CancellationToken ct)
    {
        await Databases.ExecuteAsync(admin, $"create database {to} template {from} strategy file_copy", ct);
        await Databases.EnterOnlyAsync(admin, to, roles, rights, ct);
    }
}
