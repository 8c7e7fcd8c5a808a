using System.Globalization;
using System.Numerics;
using System.Text.Json;

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

    /// <summary>A member's roles as a token names them; several joined by <c>+</c>.</summary>
    internal static string Of(MemberRole roles) => Joined(roles, Enum.GetValues<MemberRole>());

    /// <summary>Staff roles as a token names them; several joined by <c>+</c>.</summary>
    internal static string Of(StaffRole roles) => Joined(roles, Enum.GetValues<StaffRole>());

    private static string Joined<T>(T roles, IEnumerable<T> all)
        where T : struct, Enum => string.Join('+', all
            .Where(role => BitOperations.PopCount(Convert.ToUInt64(role, CultureInfo.InvariantCulture)) == 1)
            .Where(role => roles.HasFlag(role))
            .Select(role => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString())));
}
