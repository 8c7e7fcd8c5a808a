namespace EPerfect.Contracts.Accounts;

/// <summary>The account holder corrected name, e-mail, phone or address. The values stay with Accounts,
/// sealed.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the account's stream that this event made.</param>
/// <param name="Fields">What is another than before, by name: <c>name</c>, <c>email</c>, <c>phone</c>, <c>address</c>. Null in
/// messages of before it was told: any of them.</param>
public sealed record ProfileChanged(
    Guid AccountId, DateTimeOffset ChangedAt, long StreamVersion, IReadOnlyList<string>? Fields = null)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.profile-changed.v1";
}
