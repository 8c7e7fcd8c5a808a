using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Testing;

/// <summary>A server whose write-ahead log has a small disk of its own.</summary>
public sealed class PostgresWithSmallLog : IAsyncDisposable
{
    private readonly Home home = Sandbox.Create("small-log");
    private readonly Postgres server;
    private SmallDisk? disk;

    private PostgresWithSmallLog()
    {
        server = new Postgres(home, durable: false);
        Database = new TestDatabase("orders", Databases.Keys, "orders", server);
    }

    /// <summary>The disk of its log.</summary>
    public SmallDisk Disk => disk!;

    /// <summary>The databases of Orders.</summary>
    public TestDatabase Database { get; }

    /// <summary>Whether it has not given up.</summary>
    public bool Runs => server.Running is not null;

    /// <summary>Starts it.</summary>
    public static async Task<PostgresWithSmallLog> StartAsync(CancellationToken ct)
    {
        await Requirements.EnsureAsync(ct);
        var small = new PostgresWithSmallLog();
        try
        {
            await small.server.StartAsync(ct);
            await small.server.StopAsync();
            await small.MoveLogAsync(ct);
            await small.StartAgainAsync(ct);
            return small;
        }
        catch
        {
            await small.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <c>deploy/up</c> does with what does not run.</summary>
    public Task StartAgainAsync(CancellationToken ct) => server.StartAsync(ct);

    /// <summary>Ends it and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.KillAsync();
        disk?.Dispose();
        File.Delete(Database.KeyFile);
        home.Delete();
    }

    private async Task MoveLogAsync(CancellationToken ct)
    {
        var log = Path.Combine(server.DataFolder, "pg_wal");
        Directory.Move(log, log + ".before");
        disk = await SmallDisk.MountAsync(log, megabytes: 96, ct);
        await Tool.RunAsync(ct, "cp", "-a", log + ".before/.", log);
        Directory.Delete(log + ".before", recursive: true);
    }
}
