namespace EPerfect.Accounts.Mail;

/// <summary>The way out of the house for a mail.</summary>
internal interface IMailServer
{
    /// <summary>Gives it to the server and waits for its answer.</summary>
    /// <param name="id">The mail; the same in each attempt.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="text">What it says.</param>
    /// <param name="date">When it was asked for.</param>
    /// <param name="cancellationToken">No time is left.</param>
    Task<Delivery> SendAsync(
        Guid id, string address, MailText text, DateTimeOffset date, CancellationToken cancellationToken);
}
