using EPerfect.Accounts.Mail;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal static class MembersModule
{
    public static ServiceDefinition WithMembers(this ServiceDefinition definition) => definition
        .Event<MemberInvited>("member_invited")
        .Event<MemberJoined>("member_joined")
        .Event<MemberRoleChanged>("member_role_changed")
        .Event<MemberRemoved>("member_removed")
        .Event<InvitationWithdrawn>("invitation_withdrawn")
        .Event<InvitationForgotten>("invitation_forgotten")
        .Marten(options => options.Schema.For<Membership>().Index(one => one.LoginId).Index(one => one.AccountId))
        .Runs<ForgetInvitation>(ForgetInvitation.Kind)
        .Services(services => services
            .AddSingleton<InvitationToken>()
            .AddScoped<AcceptInvitation>()
            .AddMail<InvitationMail>(InvitationMail.Kind));

    public static void Map(RouteGroupBuilder accounts)
    {
        var members = accounts.MapGroup("/{accountId:guid}/members");
        ReadMembers.Map(members);
        InviteMember.Map(members);
        WithdrawInvitation.Map(members);
        ChangeMemberRole.Map(members);
        RemoveMember.Map(members);
        AcceptInvitation.Map(accounts);
    }
}
