using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>Erlang's port mapper, one per platform: it clashes with no other and ends with its node.</summary>
internal sealed class PortMapper(Home home)
{
    private const string Port = "rabbitmq-port-mapper";

    private readonly Daemon daemon = home.Daemon("rabbitmq-port-mapper");

    public ProcessIdentity? Running => daemon.Running;

    public async Task StartAsync(RabbitMqBinaries binaries, CancellationToken ct)
    {
        if (daemon.Running is not null)
            return;
        var port = home.Ports.Free(Port);
        await daemon.StartAsync(new DaemonCommand(
            binaries.PortMapper, "-address", "127.0.0.1", "-port", port.ToString(CultureInfo.InvariantCulture))
        {
            RunAs = SystemUser.RabbitMq,
            DiesWithUs = home.ChildrenDieWithUs,
        });
        if (!await Poll.UntilAsync(token => AnswersAsync(port, token), TimeSpan.FromSeconds(10), ct))
            throw new LaunchException("Erlang's port mapper (epmd) did not start", daemon.LogFile);
    }

    public Task StopAsync() => daemon.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(5));

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
