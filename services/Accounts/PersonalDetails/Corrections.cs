using EPerfect.PersonalData;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>
/// What a change corrects, by name: who was given the old value has to hear of it (GDPR Art. 19), and of no value. What was
/// there cannot be read any more: then it is all of it.
/// </summary>
internal static class Corrections
{
    public const string Name = "name";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Address = "address";
    public const string PaymentMethod = "paymentMethod";
    public const string BillingAddress = "billingAddress";

    public static async Task<IReadOnlyList<string>> OfProfileAsync(
        Vault vault, Account account, Identity identity, Contact contact, CancellationToken cancellationToken)
    {
        var named = await ReadAsync(vault, account.Identity, cancellationToken);
        var reached = await ReadAsync(vault, account.Contact, cancellationToken);
        return [.. Between(named, identity), .. Between(reached, contact)];
    }

    public static async Task<IReadOnlyList<string>> OfBillingAsync(
        Vault vault, Account account, PaymentMethod method, CancellationToken cancellationToken) =>
        [.. Between(account.PaymentMethod is { } known ? await ReadAsync(vault, known, cancellationToken) : null, method)];

    internal static IEnumerable<string> Between(Identity? old, Identity now)
    {
        if (old != now) yield return Name;
    }

    internal static IEnumerable<string> Between(Contact? old, Contact now)
    {
        if (old?.Email != now.Email) yield return Email;
        if (old?.Phone != now.Phone) yield return Phone;
        if (!Same(old?.Address, now.Address)) yield return Address;
    }

    internal static IEnumerable<string> Between(PaymentMethod? old, PaymentMethod now)
    {
        var isSame = (old?.Token, old?.Brand, old?.LastFour, old?.Expiry) == (now.Token, now.Brand, now.LastFour, now.Expiry);
        if (!isSame) yield return PaymentMethod;
        if (!Same(old?.BillingAddress, now.BillingAddress)) yield return BillingAddress;
    }

    private static bool Same(PostalAddress? one, PostalAddress? other) =>
        (one, other) is (null, null)
        || (one is not null && other is not null
            && one.Street.SequenceEqual(other.Street) && one with { Street = other.Street } == other);

    /// <summary>Who corrects the own data wants it to be looked at, also while it is restricted.</summary>
    private static async Task<T?> ReadAsync<T>(Vault vault, Sealed<T> value, CancellationToken cancellationToken)
        where T : class, IPersonalData =>
        (await vault.OpenAsync(value, RestrictionException.ConsentOfThePerson, cancellationToken) as Opened<T>.Clear)?.Value;
}
