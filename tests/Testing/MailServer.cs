using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace EPerfect.Testing;

/// <summary>
/// A private SMTP server for one test process, started by the launcher's code when the first test wants to send, and
/// gone with the process. It keeps every mail. It refuses recipients that begin with <c>unknown.</c> (550) and what is
/// for <c>spam.</c> (554), and puts those off that begin with <c>later.</c> (451).
/// To be declared with <c>[assembly: AssemblyFixture(typeof(MailServer))]</c>.
/// </summary>
public sealed class MailServer : IAsyncLifetime
{
    private const string Handler = "refusing_mailbox";
    private const string Chain = "certificate.pem";
    private const string Key = "key.pem";
    private readonly Lazy<Task<MailCatcher>> server;
    private readonly string security = "none";
    private X509Certificate2? certificate;
    private Home? home;

    /// <summary>Nothing is started here.</summary>
    public MailServer() => server = new Lazy<Task<MailCatcher>>(StartAsync);

    /// <summary>One that takes mails over TLS alone.</summary>
    /// <param name="security"><c>starttls</c>, or <c>tls</c> from the first byte on.</param>
    /// <param name="certificate">What it shows, with its private key.</param>
    public static MailServer Encrypted(string security, X509Certificate2 certificate) =>
        new(security) { certificate = certificate };

    private MailServer(string security)
        : this() => this.security = security;

    /// <summary>Nothing to do: the server starts when it is first needed.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Lets a service send here.</summary>
    /// <returns>To be given to <see cref="TestService.StartAsync"/>.</returns>
    public async Task<Action<WebApplicationBuilder>> SettingsAsync()
    {
        var port = (await server.Value).Port.ToString(CultureInfo.InvariantCulture);
        return builder =>
        {
            builder.Configuration["Mail:Host"] = "127.0.0.1";
            builder.Configuration["Mail:Port"] = port;
            builder.Configuration["Mail:Security"] = security;
        };
    }

    /// <summary>What was sent to an address so far, the newest first.</summary>
    public async Task<IReadOnlyList<CaughtMail>> MailsToAsync(string address) => (await server.Value).MailsTo(address);

    /// <summary>The newest mail to an address; waits until there is one.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="about">A word of its subject; null for any.</param>
    public Task<CaughtMail> MailToAsync(string address, string about = "") => Until.SomeAsync(
        async () => (await MailsToAsync(address)).FirstOrDefault(mail => mail.Subject.Contains(about, StringComparison.Ordinal)),
        $"a mail about '{about}' arrives");

    /// <summary>Shows another certificate from now on.</summary>
    public async Task ShowAsync(X509Certificate2 other, CancellationToken ct = default)
    {
        await KillAsync();
        certificate = other;
        Write(other, home!.DataOf("mail-handler"));
        await StartAgainAsync(ct);
    }

    /// <summary>Pulls the plug.</summary>
    public async Task KillAsync() => await (await server.Value).KillAsync();

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default) => await (await server.Value).StartAsync(ct);

    /// <summary>Stops the server and deletes its mails.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!server.IsValueCreated) return;
        await (await server.Value).KillAsync();
        home!.Delete();
    }

    private async Task<MailCatcher> StartAsync()
    {
        await Requirements.EnsureAsync(CancellationToken.None);
        home = Sandbox.Create("mail");
        var folder = home.DataOf("mail-handler");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, Handler + ".py"), Path.Combine(folder, Handler + ".py"));
        if (certificate is not null) Write(certificate, folder);
        Machine.GiveTo(SystemUser.Nobody, folder);
        var (prefix, chain, key) = (security is "tls" ? "smtps" : "tls", Path.Combine(folder, Chain), Path.Combine(folder, Key));
        var catcher = new MailCatcher(home)
        {
            Handler = ($"{Handler}.RefusingMailbox", folder),
            Encryption = certificate is null ? [] : [$"--{prefix}cert", chain, $"--{prefix}key", key],
        };
        await catcher.StartAsync(CancellationToken.None);
        return catcher;
    }

    private static void Write(X509Certificate2 certificate, string folder)
    {
        File.WriteAllText(Path.Combine(folder, Chain), certificate.ExportCertificatePem());
        using var key = certificate.GetRSAPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, Key), key.ExportPkcs8PrivateKeyPem());
    }
}
