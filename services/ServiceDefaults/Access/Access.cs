using Microsoft.AspNetCore.Authorization;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Who may use an endpoint. Each endpoint declares it, or the service does not start. Beside it, a token needs the
/// scope <c>{service}:read</c> (GET, HEAD) or <c>{service}:write</c> (all else), whoever holds it.
/// </summary>
public sealed class Access : IAuthorizationRequirement
{
    private Access()
    {
    }

    /// <summary>Public: no token is asked for.</summary>
    public static Access Anyone { get; } = new() { IsPublic = true };

    /// <summary>Whoever is signed in; what they may touch is their own by nature.</summary>
    public static Access SignedIn { get; } = new();

    /// <summary>
    /// A wish that a person's browser utters with any request (Global Privacy Control), so any token of the platform
    /// carries it, whatever its scope and audience; for the accounts that the person owns.
    /// </summary>
    public static Access OwnSignal { get; } = new() { Members = MemberRole.Owner, IsSignal = true };

    /// <summary>Members of the account that the thing belongs to, and staff.</summary>
    /// <param name="roles">Which members.</param>
    /// <param name="staff">Which staff, on any account.</param>
    public static Access Of(MemberRole roles, StaffRole staff = StaffRole.None) => new() { Members = roles, Staff = staff };

    /// <summary>Staff alone.</summary>
    /// <param name="roles">Any one of these is enough.</param>
    public static Access Of(StaffRole roles) => new() { Staff = roles };

    /// <summary>The scope that a partner's program has, in place of a service's own.</summary>
    public const string PartnerScope = "partner:feed";

    /// <summary>A partner's program, to what is that partner's; and staff. An address may name the partner
    /// (<c>partnerId</c>): another's is answered like none.</summary>
    /// <param name="staff">Which staff, for any partner.</param>
    public static Access OfPartner(StaffRole staff = StaffRole.None) => new() { IsOfPartner = true, Staff = staff };

    /// <summary>No token is asked for.</summary>
    public bool IsPublic { get; private init; }

    /// <summary>Any token of the platform will do.</summary>
    public bool IsSignal { get; private init; }

    /// <summary>Programs of partners may, each to its own.</summary>
    public bool IsOfPartner { get; private init; }

    /// <summary>The members who may.</summary>
    public MemberRole Members { get; private init; }

    /// <summary>The staff who may.</summary>
    public StaffRole Staff { get; private init; }

    /// <summary>Who may, in words: for descriptions.</summary>
    public override string ToString() => this switch
    {
        { IsPublic: true } => "everybody",
        { IsOfPartner: true, Staff: StaffRole.None } => "the partner",
        { IsOfPartner: true } => $"the partner; staff: {Staff}",
        { Members: MemberRole.None, Staff: StaffRole.None } => "whoever is signed in",
        { Staff: StaffRole.None } => $"members: {Members}",
        { Members: MemberRole.None } => $"staff: {Staff}",
        _ => $"members: {Members}; staff: {Staff}",
    };
}
