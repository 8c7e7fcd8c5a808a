namespace EPerfect.Contracts.Accounts;

/// <summary>The account is closed: it orders nothing any more.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ClosedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the account's stream that this event made.</param>
public sealed record AccountClosed(Guid AccountId, DateTimeOffset ClosedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.account-closed.v1";
}
