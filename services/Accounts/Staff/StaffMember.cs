namespace EPerfect.Accounts.Staff;

/// <summary>Somebody of the company; the stream has the login's id.</summary>
internal sealed record StaffMember(Guid Id, IReadOnlyList<string> Roles)
{
    public static StaffMember Create(StaffAppointed e) => new(e.LoginId, e.Roles);

    public StaffMember Apply(StaffAppointed e) => this with { Roles = e.Roles };

    public StaffMember Apply(StaffRolesChanged e) => this with { Roles = e.Roles };

    public StaffMember Apply(StaffDismissed _) => this with { Roles = [] };
}
