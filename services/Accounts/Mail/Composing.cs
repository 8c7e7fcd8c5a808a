using MimeKit;
using MimeKit.Text;

namespace EPerfect.Accounts.Mail;

/// <summary>A text as a message of RFC 5322: plain, in UTF-8, and marked so that no machine answers it.</summary>
internal static class Composing
{
    public static MimeMessage Compose(
        Guid id, MailboxAddress from, MailboxAddress to, MailText text, DateTimeOffset date)
    {
        var message = new MimeMessage
        {
            MessageId = $"{id:N}@{from.Domain}",
            Subject = text.Title,
            Date = date,
            Body = new TextPart(TextFormat.Plain) { Text = text.Body },
        };
        message.From.Add(from);
        message.To.Add(to);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // RFC 3834
        return message;
    }
}
