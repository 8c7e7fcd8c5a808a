using EPerfect.PersonalData;

namespace EPerfect.Accounts.Mail;

/// <summary>Writes one kind of mail, at the moment at which it is sent: what lets somebody in, such as the token of a
/// link, is made here and stored nowhere. It may be called again for the same mail.</summary>
internal interface IMailTemplate
{
    /// <summary>The ground of GDPR Art. 18(2) on which it goes to a person whose processing is restricted; null if it waits
    /// until the restriction ends.</summary>
    RestrictionException? UnderRestriction => null;

    /// <summary>Writes it.</summary>
    /// <param name="mail">What was asked for.</param>
    /// <param name="cancellationToken">No time is left.</param>
    /// <returns>The text; null if there is nothing to say any more.</returns>
    Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken);
}

/// <param name="Id">The mail.</param>
/// <param name="Subject">Whom it says something about, such as a login.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Arguments">What was given with the wish.</param>
/// <param name="RequestedAt">When it was asked for.</param>
internal sealed record MailToWrite(
    Guid Id, Guid Subject, string Address, IReadOnlyDictionary<string, string> Arguments, DateTimeOffset RequestedAt)
{
    /// <summary>Never what it holds: an address that is logged by accident is an address that is logged.</summary>
    public override string ToString() => nameof(MailToWrite);
}

/// <param name="Title">The subject line.</param>
/// <param name="Body">Plain text; a blank line between paragraphs.</param>
internal sealed record MailText(string Title, string Body)
{
    /// <summary>Never what it holds: there may be a link in it that lets somebody in.</summary>
    public override string ToString() => nameof(MailText);
}
