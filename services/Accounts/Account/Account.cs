using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;

namespace EPerfect.Accounts;

/// <summary>Who the customer is. What says something about the person is sealed, one envelope per group.</summary>
internal sealed record Account(
    Guid Id,
    string Kind,
    Sealed<Identity> Identity,
    Sealed<Contact> Contact,
    Sealed<PaymentMethod>? PaymentMethod,
    int AcceptedPolicySet,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt)
{
    public bool IsClosed => ClosedAt is not null;

    public static Account Create(AccountOpened e) => new(
        e.AccountId,
        e.Kind,
        e.Identity,
        e.Contact,
        PaymentMethod: null,
        e.AcceptedPolicySet,
        e.OpenedAt,
        ClosedAt: null);

    public Account Apply(ProfileChanged e) => this with { Identity = e.Identity, Contact = e.Contact };

    public Account Apply(BillingDetailsChanged e) => this with { PaymentMethod = e.PaymentMethod };

    public Account Apply(AccountClosed e) => this with { ClosedAt = e.ClosedAt };
}
