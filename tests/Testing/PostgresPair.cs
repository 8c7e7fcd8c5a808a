using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using Npgsql;

namespace EPerfect.Testing;

/// <summary>A primary and a standby that has each commit before it is acknowledged: streaming, synchronous, as an operator
/// sets it up.</summary>
public sealed class PostgresPair : IAsyncDisposable
{
    private readonly Home home;
    private readonly Postgres primary;
    private readonly Daemon standby;
    private readonly string copy;

    private PostgresPair(Home home)
    {
        (this.home, primary, standby) = (home, new Postgres(home, durable: false), home.Daemon("standby"));
        copy = home.DataOf("standby");
        Database = new TestDatabase("orders", Databases.Keys, "orders", primary)
            .OnPrimaryOf($"127.0.0.1:{primary.Port},127.0.0.1:{home.Ports["standby"]}");
    }

    /// <summary>The databases of Orders, on whichever is the primary.</summary>
    public TestDatabase Database { get; }

    /// <summary>The superuser's view of the store, on the standby.</summary>
    public string OnStandby => primary.ConnectionString("orders", port: home.Ports["standby"]);

    /// <summary>Starts both, and waits until the standby confirms.</summary>
    public static async Task<PostgresPair> StartAsync(CancellationToken ct)
    {
        await Requirements.EnsureAsync(ct);
        var pair = new PostgresPair(Sandbox.Create("pair"));
        try
        {
            await pair.BeginAsync(ct);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the kernel or a power cut ends it.</summary>
    public Task KillPrimaryAsync() => primary.KillAsync();

    /// <summary>Makes a primary of the standby.</summary>
    public async Task PromoteAsync(CancellationToken ct)
    {
        await using var asking = new NpgsqlConnection(OnStandby);
        await asking.OpenAsync(ct);
        await using var promotes = new NpgsqlCommand("select pg_promote()", asking);
        if (await promotes.ExecuteScalarAsync(ct) is not true) throw new InvalidOperationException("It is no primary yet.");
    }

    /// <summary>Ends both and deletes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        await primary.KillAsync();
        await standby.KillAsync();
        File.Delete(Database.KeyFile);
        home.Delete();
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        await primary.StartAsync(ct);
        await File.AppendAllTextAsync(
            Path.Combine(primary.DataFolder, "pg_hba.conf"), "host replication postgres 127.0.0.1/32 scram-sha-256\n", ct);
        await using var admin = await primary.OpenAsync("postgres", ct);
        await Databases.ExecuteAsync(admin, "select pg_reload_conf()", ct);
        await Tool.RunAsync(ct, "mkdir", "-m", "0700", copy);
        Machine.GiveTo(SystemUser.Postgres, copy);
        await RunAsync(
            "pg_basebackup",
            ["-h", "127.0.0.1", "-p", $"{primary.Port}", "-U", "postgres", "-D", copy, "-R", "-c", "fast", "--no-sync"],
            ct);
        await standby.StartAsync(new DaemonCommand(BinaryOf("postgres"), "-D", copy, "-c", $"port={home.Ports["standby"]}")
        {
            RunAs = SystemUser.Postgres,
            DiesWithUs = true,
        });
        await Databases.ExecuteAsync(admin, "alter system set synchronous_standby_names = '*'", ct);
        await Databases.ExecuteAsync(admin, "select pg_reload_conf()", ct);
        await using var confirms = admin.CreateCommand();
        confirms.CommandText = "select exists (select from pg_stat_replication where sync_state = 'sync')";
        await Until.TrueAsync(async () => (bool)(await confirms.ExecuteScalarAsync(ct))!, "the standby confirms commits");
    }

    private async Task RunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var password = new Variables { ["PGPASSWORD"] = primary.PasswordOf("postgres") };
        var result = await Tool.RunAsync(SystemUser.Postgres, null, password, [BinaryOf(tool), .. arguments], ct);
        if (result.ExitCode != 0) throw new InvalidOperationException($"{tool}: {result.Output}");
    }

    private static string BinaryOf(string tool) => Path.Combine(PostgresBinaries.Find()!.Folder, tool);
}
