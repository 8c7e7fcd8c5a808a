using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>What a member may be.</summary>
internal static class MemberRoles
{
    public const string Owner = "owner";

    public static Refusal? Check(string role) => role is Owner or "billing" or "technical" ? null : Unknown;

    private static readonly Refusal Unknown =
        new(422, "member-role-unknown", "A member is an owner, billing or technical.", "/role");
}
