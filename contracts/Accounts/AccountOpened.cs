namespace EPerfect.Contracts.Accounts;

/// <summary>An account exists from now on. Says nothing about the person: name and addresses stay with Accounts,
/// sealed.</summary>
/// <param name="AccountId">The account, and the subject of all personal data held about its holder.</param>
/// <param name="Kind"><c>customer</c> or <c>reseller</c>.</param>
/// <param name="PolicySet">The version of the set of documents that was shown and accepted.</param>
/// <param name="OpenedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the account's stream that this event made; grows by time, may
/// skip.</param>
public sealed record AccountOpened(
    Guid AccountId, string Kind, int PolicySet, DateTimeOffset OpenedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.account-opened.v1";
}
