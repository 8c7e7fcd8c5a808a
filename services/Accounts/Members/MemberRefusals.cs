using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal static class MemberRefusals
{
    public static readonly Refusal LastOwner =
        new(409, "last-owner", "An account always has an owner: make somebody else one first.");

    public static readonly Refusal AlreadyMember =
        new(409, "member-already", "The person belongs to the account already.", "/email");

    public static readonly Refusal TooMany =
        new(409, "invitations-too-many", "An account has at most twenty open invitations.");

    public static readonly Refusal TooManyAccounts = new(
        409, "memberships-too-many", $"A person belongs to at most {Membership.Most} accounts: leave one first.");

    public static readonly Refusal MailRests = new(
        429, "invitation-too-soon", "This address was invited often lately. Try again in a quarter of an hour.", "/email");

    public static readonly Refusal Over =
        new(410, "invitation-over", "The invitation was used, withdrawn or is more than seven days old.");

    public static readonly Refusal Member = Refusals.NotFound("member");

    public static readonly Refusal Invitation = Refusals.NotFound("invitation");
}
