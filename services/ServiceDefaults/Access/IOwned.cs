namespace EPerfect.ServiceDefaults;

/// <summary>
/// What clients reach by an id belongs to an account. <see cref="Reader"/> and <see cref="Commands"/> take nothing
/// else, so that no endpoint can forget to ask whose it is (OWASP ASVS 8.2.2).
/// </summary>
public interface IOwned
{
    /// <summary>The account that it belongs to; null while it belongs to none, and then nobody but staff finds
    /// it.</summary>
    Guid? AccountId { get; }

    /// <summary>The partner that it belongs to; null for what is no partner's.</summary>
    Guid? PartnerId => null;
}
