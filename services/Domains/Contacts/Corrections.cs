using EPerfect.PersonalData;

namespace EPerfect.Domains.Contacts;

/// <summary>
/// What a correction corrects, by name: who was given the old value has to hear of it (GDPR Art. 19), and of no value. What
/// was there cannot be read any more: then it is all of it.
/// </summary>
internal static class Corrections
{
    /// <summary>Who corrects the own data wants it to be looked at, also while it is restricted.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(
        Vault vault, Contact contact, Registrant now, CancellationToken cancellationToken)
    {
        var opened = await vault.OpenAsync(
            contact.Registrant, RestrictionException.ConsentOfThePerson, cancellationToken);
        return [.. Between((opened as Opened<Registrant>.Clear)?.Value, now)];
    }

    internal static IEnumerable<string> Between(Registrant? old, Registrant now)
    {
        if (old?.Name != now.Name) yield return "name";
        if (old is null || old.Organisation != now.Organisation) yield return "organisation";
        if (old?.Email != now.Email) yield return "email";
        if (old?.Phone != now.Phone) yield return "phone";
        if (old is null || !Same(old.Address, now.Address)) yield return "address";
    }

    private static bool Same(Address one, Address other) =>
        one.Street.SequenceEqual(other.Street) && one with { Street = other.Street } == other;
}
