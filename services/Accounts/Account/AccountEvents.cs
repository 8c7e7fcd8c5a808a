using System.Text.Json.Serialization;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;

namespace EPerfect.Accounts;

internal sealed record AccountOpened(
    Guid AccountId,
    [InClear<AccountStanding>] string Kind,
    Sealed<Identity> Identity,
    Sealed<Contact> Contact,
    int AcceptedPolicySet,
    DateTimeOffset OpenedAt,
    // Accounts were opened without a login at first.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? OwnerId = null);

/// <summary>The fields say what is another than before, by name; null in events of before they did.</summary>
internal sealed record ProfileChanged(
    Sealed<Identity> Identity,
    Sealed<Contact> Contact,
    DateTimeOffset ChangedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null);

/// <inheritdoc cref="ProfileChanged"/>
internal sealed record BillingDetailsChanged(
    Sealed<PaymentMethod> PaymentMethod,
    DateTimeOffset ChangedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null);

internal sealed record AccountClosed([InClear<AccountStanding>] DateTimeOffset ClosedAt);
