using EPerfect.PersonalData;

namespace EPerfect.Accounts.Members;

/// <summary>An invitation that can still be used.</summary>
internal sealed record Invitation(Guid Id, string Role, Sealed<InvitedAddress> Address, DateTimeOffset ExpiresAt)
{
    /// <summary>Which owner asked; the first invitations did not say.</summary>
    public Guid? InvitedBy { get; init; }
}

/// <summary>Where an invitation went.</summary>
internal sealed record InvitedAddress(
    [Datum(DataCategory.Email, "the e-mail address that an invitation went to")] string Email) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "invited-address",
        DataGroup.Identity,
        Purpose: "to invite a person to an account",
        LegalBasis: "legitimate interest",
        Retention: ForgetInvitation.Retention);
}
