using EPerfect.PersonalData;

namespace EPerfect.Accounts.Mail;

/// <summary>Somebody is to be written to. The text does not exist yet: it is written when it is sent, so that a link
/// that lets somebody in is never stored.</summary>
/// <param name="Kind">Which template writes it.</param>
/// <param name="Subject">Whom it says something about; when this person is erased, it is not sent any more.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Arguments">What the template needs to know beside that: ids, codes, times.</param>
/// <param name="RequestedAt">When.</param>
internal sealed record MailRequested(
    string Kind,
    Guid Subject,
    Sealed<MailRecipient> To,
    IReadOnlyDictionary<string, string> Arguments,
    DateTimeOffset RequestedAt);

internal sealed record MailAttemptFailed(int Attempt, string Reason, DateTimeOffset RetryAt, DateTimeOffset FailedAt);

internal sealed record MailSent(DateTimeOffset SentAt);

/// <param name="Status">What the server said, as a code (RFC 3463 if it has one); never its words, which quote the
/// address.</param>
/// <param name="RefusedAt">When.</param>
internal sealed record MailRefused(string Status, DateTimeOffset RefusedAt);

internal sealed record MailDropped(string Reason, DateTimeOffset DroppedAt);
