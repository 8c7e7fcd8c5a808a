using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>A private SMTP server that takes every mail, sends none on, and keeps them all for whoever wants to
/// look.</summary>
internal sealed class MailCatcher(Home home) : IPart
{
    public const string Program = "aiosmtpd";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Daemon daemon = home.Daemon("mail");

    public string Name => "mail";

    public ProcessIdentity? Running => daemon.Running;

    public string LogFile => daemon.LogFile;

    public int Port => home.Ports["mail"];

    /// <summary>A Maildir; it outlives the server.</summary>
    public string DataFolder => home.DataOf("mail");

    public IReadOnlyList<CaughtMail> Mails => CaughtMail.ReadAll(DataFolder);

    public IReadOnlyList<CaughtMail> MailsTo(string address) =>
        [.. Mails.Where(mail => string.Equals(mail.To, address, StringComparison.OrdinalIgnoreCase))];

    /// <summary>What is done with a mail, a class in Python; a test may want one that refuses some.</summary>
    public (string Class, string Folder) Handler { get; init; } = ("aiosmtpd.handlers.Mailbox", "/");

    /// <summary>How it encrypts, in the program's own options: <c>--tlscert</c> and <c>--tlskey</c>, or <c>--smtpscert</c> and
    /// <c>--smtpskey</c> from the first byte on. A test may want that.</summary>
    public IReadOnlyList<string> Encryption { get; init; } = [];

    public async Task StartAsync(CancellationToken ct)
    {
        if (daemon.Running is not null)
            return;
        var program = Machine.FindOnPath(Program) ?? throw new LaunchException($"{Program} is not installed");
        MakeMaildir();
        var address = $"127.0.0.1:{home.Ports.Free("mail").ToString(CultureInfo.InvariantCulture)}";
        await daemon.StartAsync(new DaemonCommand(
            program, ["-n", "-u", "-l", address, .. Encryption, "-c", Handler.Class, DataFolder])
        {
            RunAs = SystemUser.Nobody,
            DiesWithUs = home.ChildrenDieWithUs,
            Environment = new Variables
            {
                ["HOME"] = "/",
                ["PYTHONPATH"] = Handler.Folder,
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        });
        await ReadyAsync(ct);
    }

    public Task StopAsync() => daemon.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(5));

    public Task KillAsync() => daemon.KillAsync();

    public void Send(Signal signal) => daemon.Send(signal);

    private void MakeMaildir()
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var part in (string[])["", "tmp", "new", "cur"])
            Directory.CreateDirectory(Path.Combine(DataFolder, part), ownerOnly);
        Machine.GiveTo(SystemUser.Nobody, DataFolder);
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        var ready = await Poll.UntilAsync(async token =>
        {
            if (daemon.Running is null)
                throw new LaunchException("The mail catcher ended while it was starting", LogFile);
            return await GreetsAsync(token);
        }, Patience, ct);
        if (!ready)
            throw new LaunchException($"The mail catcher was not ready within {Patience.TotalSeconds} s", LogFile);
    }

    private async Task<bool> GreetsAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, ct);
            if (Encryption is ["--smtpscert", ..])
                return true; // it waits for us to begin
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            return await reader.ReadLineAsync(ct) is { } line && line.StartsWith("220", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
