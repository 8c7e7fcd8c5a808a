using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Mail;

/// <summary>One mail from the wish to its end: sent, refused by the server, or dropped.</summary>
internal sealed record OutgoingMail(
    Guid Id,
    string Kind,
    Guid Subject,
    Sealed<MailRecipient> To,
    IReadOnlyDictionary<string, string> Arguments,
    DateTimeOffset RequestedAt,
    int Attempts,
    bool HasEnded)
{
    /// <summary>What a mail has to say is of no use later: its links have expired by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    public static OutgoingMail Create(JasperFx.Events.IEvent<MailRequested> e) => new(
        e.StreamId,
        e.Data.Kind,
        e.Data.Subject,
        e.Data.To,
        e.Data.Arguments,
        e.Data.RequestedAt,
        Attempts: 0,
        HasEnded: false);

    public OutgoingMail Apply(MailAttemptFailed e) => this with { Attempts = e.Attempt };

    public OutgoingMail Apply(MailSent _) => this with { HasEnded = true };

    public OutgoingMail Apply(MailRefused _) => this with { HasEnded = true };

    public OutgoingMail Apply(MailDropped _) => this with { HasEnded = true };

    public static Decision Record(OutgoingMail? mail, Delivery delivery, DateTimeOffset now) => (mail, delivery) switch
    {
        (null or { HasEnded: true }, _) => Decision.Nothing,
        (_, Delivery.Accepted) => Decision.Of(new MailSent(now)),
        (_, Delivery.Refused refused) => Decision.Of(new MailRefused(refused.Status, now)),
        (_, Delivery.Dropped dropped) => Decision.Of(new MailDropped(dropped.Reason, now)),
        (_, Delivery.Unanswered) when now >= mail.RequestedAt + Patience => Decision.Of(new MailDropped("too-late", now)),
        (_, Delivery.Unanswered silence) => Decision.Of(mail.Failed(silence.Reason, now)),
        _ => Decision.Nothing,
    };

    private MailAttemptFailed Failed(string reason, DateTimeOffset now)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(Attempts, 20)));
        return new(Attempts + 1, reason, now + (pause < LongestPause ? pause : LongestPause), now);
    }
}
