using System.Net;
using MailKit.Security;
using MimeKit;

namespace EPerfect.Accounts.Mail;

/// <summary>Section <c>Mail</c>: where mails leave the house.</summary>
internal sealed class MailSettings
{
    public const string Section = "Mail";

    /// <summary>The SMTP server. Without one, mails wait; only in Development the service starts without.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>The sender, such as <c>ePerfect &lt;no-reply@eperfect.example&gt;</c>.</summary>
    public string From { get; set; } = "ePerfect <no-reply@eperfect.example>";

    /// <summary><c>starttls</c>, <c>tls</c> from the first byte on, or <c>none</c>, to a server on this machine.</summary>
    public string Security { get; set; } = "starttls";

    /// <summary>A file of certificates (PEM): those who vouch for the server where the machine knows none who does.</summary>
    public string? Authorities { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    public MailboxAddress Sender => MailboxAddress.Parse(From);

    public SecureSocketOptions Encryption => Security switch
    {
        "starttls" => SecureSocketOptions.StartTls,
        "tls" => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>What is wrong with it, if anything.</summary>
    public string? Check(bool mayLack) =>
        Host is null && !mayLack ? "Mail:Host is not set: by which server do mails leave?"
        : Security is not ("starttls" or "tls" or "none") ? "Mail:Security is starttls, tls or none."
        : Security is "none" && Host is not null && !IsThisMachine(Host)
            ? "Mail:Security is none only to a server on this machine: mails hold links that let somebody in."
        : Authorities is not null && !File.Exists(Authorities) ? "Mail:Authorities is no file that can be read."
        : !MailboxAddress.TryParse(From, out _) ? "Mail:From is not an address."
        : null;

    private static bool IsThisMachine(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
