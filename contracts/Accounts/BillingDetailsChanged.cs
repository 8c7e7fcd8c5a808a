namespace EPerfect.Contracts.Accounts;

/// <summary>The account pays with another payment method from now on.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the account's stream that this event made.</param>
public sealed record BillingDetailsChanged(Guid AccountId, DateTimeOffset ChangedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.billing-details-changed.v1";
}
