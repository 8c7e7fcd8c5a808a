using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Mail;

/// <summary>Writes a mail and gives it to the server. Whoever is killed after that and before it is stored leaves it to
/// be sent again, under the same Message-ID: mail servers and programs tell by it that they have it already.</summary>
internal sealed partial class SendMail(
    Reader reader,
    Writer writer,
    Deadlines deadlines,
    Vault vault,
    IServiceProvider templates,
    IMailServer server,
    TimeProvider clock,
    ILogger<SendMail> logger) : IDeadlineHandler
{
    public const string Kind = "send-mail";
    private const string Actor = $"accounts/{Kind}";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var mail = await reader.LatestAsync<OutgoingMail>(deadline.StreamId, cancellationToken);
        if (mail is not { HasEnded: false })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var delivery = await DeliverAsync(mail, cancellationToken);
        if (delivery is Delivery.Refused refused) LogRefused(mail.Kind, mail.Id, refused.Status);
        if (delivery is Delivery.Unanswered silence) LogUnanswered(mail.Kind, mail.Id, silence.Reason, mail.Attempts + 1);
        await writer.ChangeAsync<OutgoingMail>(
            mail.Id, Actor, state => OutgoingMail.Record(state, delivery, clock.GetUtcNow()), cancellationToken);
    }

    private async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var template = templates.GetKeyedService<IMailTemplate>(mail.Kind);
        var opened = await vault.OpenAsync(mail.To, template?.UnderRestriction, cancellationToken);
        if (opened is Opened<MailRecipient>.Restricted) return new Delivery.Unanswered("restricted");
        if (opened is not Opened<MailRecipient>.Clear(var recipient)) return new Delivery.Dropped("erased");
        // None of that kind: an older instance, beside one that knows it.
        if (template is null) return new Delivery.Unanswered("kind-unknown");

        var text = await template.WriteAsync(
            new MailToWrite(mail.Id, mail.Subject, recipient.Address, mail.Arguments, mail.RequestedAt), cancellationToken);
        return text is null
            ? new Delivery.Dropped("obsolete")
            : await server.SendAsync(mail.Id, recipient.Address, text, mail.RequestedAt, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server refused mail {MailId} ({MailKind}): {Status}")]
    private partial void LogRefused(string mailKind, Guid mailId, string status);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mail {MailId} ({MailKind}) could not be sent: {Reason}; attempt {Attempt}")]
    private partial void LogUnanswered(string mailKind, Guid mailId, string reason, int attempt);
}
