using EPerfect.Launcher.Infrastructure;
using Npgsql;

namespace EPerfect.Testing;

/// <summary>A service's database and its key vault database, for one test. Dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Postgres server;

    internal TestDatabase(string name, string keysName, string role, Postgres server)
    {
        (Name, KeysName, Role, this.server) = (name, keysName, role, server);
        Store = server.ConnectionString(name, role);
        Keys = server.ConnectionString(keysName, role);
        Admin = server.ConnectionString(name);
        KeyFile = Path.Combine(Path.GetTempPath(), $"eperfect-{Environment.ProcessId}-{keysName}.keys");
    }

    /// <summary>The accounts that its person owns, whichever instance was asked.</summary>
    internal List<Guid> Accounts { get; } = [];

    /// <summary>The service's database on the server.</summary>
    public string Name { get; }

    /// <summary>The key vault database on the server.</summary>
    public string KeysName { get; }

    /// <summary>Who may enter.</summary>
    public string Role { get; }

    /// <summary>For <c>ConnectionStrings:Store</c>, as the service's role.</summary>
    public string Store { get; private init; }

    /// <summary>For <c>ConnectionStrings:Keys</c>, as the service's role.</summary>
    public string Keys { get; private init; }

    /// <summary>For <c>PersonalData:KeyFile</c>: what wraps the keys in the key vault database.</summary>
    public string KeyFile { get; }

    /// <summary>The superuser's view of the service's database.</summary>
    public string Admin { get; }

    /// <summary>The same databases, for one more instance, at the ends of lines that a test can cut.</summary>
    /// <param name="store">The line to the service's database; null for none.</param>
    /// <param name="keys">The line to the keys; null for none.</param>
    public TestDatabase Through(Cable? store = null, Cable? keys = null)
    {
        return new(Name, KeysName, Role, server) { Store = Over(Store, store), Keys = Over(Keys, keys) };

        static string Over(string connection, Cable? cable) => cable is null
            ? connection
            : new NpgsqlConnectionStringBuilder(connection) { Port = cable.Port }.ConnectionString;
    }

    /// <summary>The same databases, on whichever of several servers is the primary.</summary>
    /// <param name="hosts">Addresses and ports, with commas between.</param>
    internal TestDatabase OnPrimaryOf(string hosts)
    {
        return new(Name, KeysName, Role, server) { Store = Among(Store), Keys = Among(Keys) };

        string Among(string connection)
        {
            var one = new NpgsqlConnectionStringBuilder(connection) { Host = hosts, TargetSessionAttributes = "primary" };
            one.Remove("Port");
            return one.ConnectionString;
        }
    }

    /// <summary>The same for another service's role, which then finds its own schema in the key vault
    /// database.</summary>
    public string KeysFor(string role) => server.ConnectionString(KeysName, role);

    /// <summary>Ends all sessions and drops both databases.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(KeyFile);
        foreach (var connectionString in (string[])[Store, Keys])
        {
            await using var pool = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(pool);
        }

        if (server.Running is null)
            return;
        await using var admin = await server.OpenAsync("postgres", CancellationToken.None);
        foreach (var database in (string[])[Name, KeysName])
            await Databases.ExecuteAsync(admin, $"drop database if exists {database} with (force)", default);
    }
}
