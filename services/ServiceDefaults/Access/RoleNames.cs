namespace EPerfect.ServiceDefaults;

/// <summary>Roles as a token names them.</summary>
public static class RoleNames
{
    /// <summary>A member's role; a name that is not known gives no right.</summary>
    /// <param name="name">Such as <c>owner</c>.</param>
    public static MemberRole Member(string name) => name switch
    {
        "owner" => MemberRole.Owner,
        "billing" => MemberRole.Billing,
        "technical" => MemberRole.Technical,
        "client" => MemberRole.Client,
        _ => MemberRole.None,
    };

    /// <summary>A staff role; a name that is not known gives no right.</summary>
    /// <param name="name">Such as <c>privacy-officer</c>.</param>
    public static StaffRole Staff(string name) => name switch
    {
        "support" => StaffRole.Support,
        "billing" => StaffRole.Billing,
        "privacy-officer" => StaffRole.PrivacyOfficer,
        "legal" => StaffRole.Legal,
        "operator" => StaffRole.Operator,
        _ => StaffRole.None,
    };
}
