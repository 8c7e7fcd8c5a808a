using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>What a member may be.</summary>
internal static class MemberRoles
{
    public const string Owner = "owner";

    /// <summary>A person's: programs are let in by themselves.</summary>
    public static Refusal? Check(string role) =>
        RoleNames.Member(role) is MemberRole.None or MemberRole.Client ? Unknown : null;

    private static readonly Refusal Unknown =
        new(422, "member-role-unknown", "A member is an owner, billing or technical.", "/role");
}
