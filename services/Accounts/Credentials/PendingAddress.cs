using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// An address that somebody typed and nobody has proven yet. It is proven with the link in a mail, and only then does
/// it become a login's: a password chosen before that could be a stranger's, left there for the owner to confirm.
/// </summary>
internal sealed class PendingAddress
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public static readonly Retention Retention = new(
        "unproven-address", RetentionTrigger.AddressUnproven, "P1D", "an address that nobody proved may be anybody's");

    /// <summary>Becomes the login's id when there is none yet.</summary>
    public required Guid Id { get; init; }

    /// <summary>The login that wants to move to the address; null to sign up.</summary>
    public Guid? LoginId { get; init; }

    /// <summary>The login's security stamp when it asked to move. What ends its sessions ends this wish as well.</summary>
    public string? Stamp { get; set; }

    [InClear<UnprovenMark>]
    public required string EmailIndex { get; init; }

    /// <summary>Sealed under the login's own id.</summary>
    public required Sealed<SignInAddress> Address { get; init; }

    /// <summary>Where the person wanted to go, encrypted: a client may have named the person in it.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>The address that the login left for this one; until all that follows has followed.</summary>
    [InClear<AddressIndex>]
    public string? MovedFrom { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
