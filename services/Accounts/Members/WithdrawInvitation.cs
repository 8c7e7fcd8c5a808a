using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>An invitation that is not meant any more.</summary>
internal static class WithdrawInvitation
{
    internal static Decision Decide(Account account, Guid invitationId, DateTimeOffset now) =>
        account.Invitations.ContainsKey(invitationId)
            ? Decision.Of(new InvitationWithdrawn(invitationId, now))
            : MemberRefusals.Invitation;

    /// <summary>Those of who is no owner any more: they would be a way back in.</summary>
    internal static IEnumerable<InvitationWithdrawn> AllOf(Account account, Guid owner, DateTimeOffset now) => account
        .Invitations.Values.Where(one => one.InvitedBy == owner).Select(one => new InvitationWithdrawn(one.Id, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid invitationId, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Account>(accountId, account => Decide(account, invitationId, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder members) => members.MapDelete("/invitations/{invitationId:guid}", Handle)
        .WithName("WithdrawInvitation")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Withdraws an invitation; its address is forgotten.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
