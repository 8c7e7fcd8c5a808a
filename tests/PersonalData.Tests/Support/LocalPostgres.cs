using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(EPerfect.PersonalData.Tests.LocalPostgres))]

namespace EPerfect.PersonalData.Tests;

public sealed class LocalPostgres : IAsyncLifetime
{
    private const string Bin = "/usr/lib/postgresql/15/bin";
    private readonly string directory = Directory.CreateTempSubdirectory("keys").FullName;

    public int Port { get; private set; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres";

    public async ValueTask InitializeAsync()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await RunAsync("chown", "postgres", directory);
        await AsPostgresAsync($"{Bin}/initdb", "-D", $"{directory}/data", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await AsPostgresAsync($"{Bin}/pg_ctl", "-D", $"{directory}/data", "-w", "-l", $"{directory}/log", "-o",
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300",
            "start");
    }

    public async ValueTask DisposeAsync()
    {
        await AsPostgresAsync($"{Bin}/pg_ctl", "-D", $"{directory}/data", "-m", "immediate", "stop");
        Directory.Delete(directory, recursive: true);
    }

    private static Task AsPostgresAsync(params string[] command) => RunAsync("runuser", ["-u", "postgres", "--", .. command]);

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = false,
        })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
