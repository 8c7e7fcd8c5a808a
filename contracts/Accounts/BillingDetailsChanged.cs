namespace EPerfect.Contracts.Accounts;

/// <summary>The account pays with another payment method from now on, or has another billing address.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the account's stream that this event made.</param>
/// <param name="Fields">What is another than before, by name: <c>paymentMethod</c>, <c>billingAddress</c>. Null in messages of
/// before it was told: any of them.</param>
public sealed record BillingDetailsChanged(
    Guid AccountId, DateTimeOffset ChangedAt, long StreamVersion, IReadOnlyList<string>? Fields = null)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.billing-details-changed.v1";
}
