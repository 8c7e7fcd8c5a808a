using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace EPerfect.Accounts.Mail;

/// <summary>Speaks SMTP. What the server says leaves here as a code alone, for its words quote the address.</summary>
internal sealed partial class SmtpServer(IOptions<MailSettings> options) : IMailServer
{
    /// <summary>Shorter than a deadline's lease, so that no two attempts run at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly MailSettings settings = options.Value;

    public async Task<Delivery> SendAsync(
        Guid id, string address, MailText text, DateTimeOffset date, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(address, out var to)) return new Delivery.Refused("5.1.3");
        if (settings.Host is not { } host) return new Delivery.Unanswered("no-server");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var message = Composing.Compose(id, settings.Sender, to, text, date);
            await SendAsync(host, message, patience.Token);
            return new Delivery.Accepted();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && Answer(failure) is { } answer)
        {
            return answer;
        }
    }

    private async Task SendAsync(string host, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        if (settings.Authorities is { } file)
            client.ServerCertificateValidationCallback = MailAuthorities.Trusting(file);
        await ConnectAsync(client, host, cancellationToken);
        if (settings is { User: { } user, Password: { } password })
            await client.AuthenticateAsync(user, password, cancellationToken);
        await client.SendAsync(message, cancellationToken);
        // Swallows what goes wrong: the server has the mail, and a failing farewell must not send it twice.
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>A server without STARTTLS, or somebody between us who hides it, is no reason to give up the mail, and none
    /// to send it in clear.</summary>
    private async Task ConnectAsync(SmtpClient client, string host, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(host, settings.Port, settings.Encryption, cancellationToken);
        }
        catch (NotSupportedException noEncryption)
        {
            throw new SslHandshakeException("The server offers no STARTTLS.", noEncryption);
        }
    }

    private static Delivery? Answer(Exception failure) => failure switch
    {
        SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 } refused when IsAboutThisMail(refused) =>
            new Delivery.Refused(Status(refused)),
        SmtpCommandException later => new Delivery.Unanswered(Status(later)),
        // RFC 6531: an address beyond ASCII, and a server that knows none such.
        NotSupportedException => new Delivery.Refused("5.6.7"),
        AuthenticationException or ServiceNotAuthenticatedException => new Delivery.Unanswered("authentication"),
        SslHandshakeException => new Delivery.Unanswered("tls"),
        OperationCanceledException or TimeoutException => new Delivery.Unanswered("timeout"),
        SocketException => new Delivery.Unanswered("unreachable"),
        IOException or ProtocolException => new Delivery.Unanswered("interrupted"),
        _ => null,
    };

    /// <summary>Else it is about us, such as a sender that the server does not let pass: a fault to be mended, after
    /// which the mail still goes out.</summary>
    private static bool IsAboutThisMail(SmtpCommandException refused) =>
        refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private static string Status(SmtpCommandException answer) => Enhanced.Match(answer.Message) is { Success: true } match
        ? match.Value
        : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);

    // RFC 3463
    [GeneratedRegex(@"\A[245]\.\d{1,3}\.\d{1,3}(?=\s|\z)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Enhanced { get; }
}
