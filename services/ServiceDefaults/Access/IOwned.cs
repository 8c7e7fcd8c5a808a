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

    /// <summary>What somebody is to the account as it is stored, by the token's subject; null where that is not known
    /// here. It outweighs the token, which says what was so up to ten minutes ago: who was sent away does not come back
    /// with it.</summary>
    /// <param name="subject">A login, or a program.</param>
    MemberRole? RoleOf(Guid subject) => null;
}
