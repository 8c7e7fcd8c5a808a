using EPerfect.Launcher.Processes;
using Npgsql;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>A private PostgreSQL server: its own data, port and passwords, loopback only.</summary>
internal sealed class Postgres(Home home, bool durable = true) : IPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Daemon daemon = home.Daemon("postgres");

    public string Name => "postgres";

    public ProcessIdentity? Running => daemon.Running;

    public string LogFile => daemon.LogFile;

    public string DataFolder => home.DataOf("postgres");

    public int Port => home.Ports["postgres"];

    public string PasswordOf(string role) => home.Secrets[$"postgres-{role}"];

    /// <summary>For a service's role, or for the superuser <c>postgres</c>.</summary>
    public string ConnectionString(string database, string role = "postgres", int? port = null) =>
        $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username={role};Password={PasswordOf(role)}";

    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=10");
        await connection.OpenAsync(ct);
        return connection;
    }

    public async Task StartAsync(CancellationToken ct)
    {
        if (daemon.Running is not null)
            return;
        var binaries = PostgresBinaries.Find()
            ?? throw new LaunchException($"PostgreSQL {PostgresBinaries.Oldest} or later is not installed");
        await InitialiseAsync(binaries, ct);
        await PostgresOrphans.ClearAsync(DataFolder);
        await ConfigureAsync(ct);
        var offset = LogTail.Length(LogFile);
        await daemon.StartAsync(new DaemonCommand(binaries.Server, "-D", DataFolder)
        {
            RunAs = SystemUser.Postgres,
            DiesWithUs = home.ChildrenDieWithUs,
            Environment = new Variables { ["LC_ALL"] = "C.UTF-8" },
        });
        await ReadyAsync(offset, ct);
        await Databases.CreateAsync(this, ct);
    }

    // SIGINT: roll back what is open, end all sessions, write a clean shutdown.
    public Task StopAsync() => daemon.StopAsync(Signal.Interrupt, TimeSpan.FromSeconds(20));

    public Task KillAsync() => daemon.KillAsync();

    public void Send(Signal signal) => daemon.Send(signal);

    private async Task InitialiseAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        if (File.Exists(Path.Combine(DataFolder, "PG_VERSION")))
            return;
        // It is moved here whole: what lies here without a version is no attempt that was cut short.
        if (Directory.Exists(DataFolder) && Directory.EnumerateFileSystemEntries(DataFolder).Any())
            throw new LaunchException(
                $"{DataFolder} holds files and no PG_VERSION: a restore that was cut short? Finish it, or take them away.");
        if (Directory.Exists(DataFolder))
            Directory.Delete(DataFolder);
        var draft = DataFolder + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        var password = Path.Combine(draft, "password");
        var data = Path.Combine(draft, "data");
        Secrets.WriteOwnerOnly(password, PasswordOf("postgres"));
        Machine.GiveTo(SystemUser.Postgres, draft);
        var result = await Tool.RunAsync(
            SystemUser.Postgres, draft, null,
            [binaries.InitDb, "-D", data, "-U", "postgres", "--pwfile", password, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C.UTF-8", .. durable ? Array.Empty<string>() : ["--no-sync"]],
            ct);
        if (result.ExitCode != 0)
            throw new LaunchException($"initdb failed: {result.Output.Trim()}");
        Directory.Move(data, DataFolder);
        Directory.Delete(draft, recursive: true);
    }

    private async Task ConfigureAsync(CancellationToken ct)
    {
        var settings = PostgresSettings.For(home.Ports.Free("postgres"), durable);
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "postgresql.conf"), settings, ct);
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "pg_hba.conf"), PostgresSettings.HostBasedAccess, ct);
    }

    private async Task ReadyAsync(long logOffset, CancellationToken ct)
    {
        var ready = await Poll.UntilAsync(async _ =>
        {
            if (daemon.Running is null)
                throw new LaunchException("PostgreSQL ended while it was starting", LogFile);
            // Recovery after a kill can take a while; until then connections are refused or turned away.
            if (!LogTail.ReadFrom(LogFile, logOffset).Contains("ready to accept connections", StringComparison.Ordinal))
                return false;
            await using var connection = await OpenAsync("postgres", ct);
            return true;
        }, Patience, ct);
        if (!ready)
            throw new LaunchException($"PostgreSQL was not ready within {Patience.TotalSeconds} s", LogFile);
    }
}
