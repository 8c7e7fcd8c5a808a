using EPerfect.Accounts.ApiClients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>An owner sends a member away, or a member goes; the last owner stays.</summary>
internal static class RemoveMember
{
    internal static Decision Decide(Account account, Guid loginId, Guid? caller, DateTimeOffset now) =>
        caller != loginId && !(caller is { } id && account.IsOwner(id)) ? Refusals.RoleInsufficient
        : !account.Members.ContainsKey(loginId) ? MemberRefusals.Member
        : account.IsLastOwner(loginId) ? MemberRefusals.LastOwner
        : Decision.Of(
        [
            new MemberRemoved(loginId, now),
            .. WithdrawInvitation.AllOf(account, loginId, now),
            .. RevokeApiClient.AllOf(account, loginId, now),
        ]);

    private static Task<IResult> Handle(
        Guid accountId, Guid loginId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct)
    {
        var who = caller.UserId;
        return commands.ChangeAsync<Account>(accountId, (account, work, _) =>
        {
            var decision = Decide(account, loginId, who, time.GetUtcNow());
            if (decision.Events.Count > 0) work.Session.Delete<Membership>(Membership.IdOf(loginId, accountId));
            return Task.FromResult(decision);
        }, ct);
    }

    public static void Map(RouteGroupBuilder members) => members.MapDelete("/{loginId:guid}", Handle)
        .WithName("RemoveMember")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Billing | MemberRole.Technical))
        .WithSummary("Takes a member out of the account; members other than owners can take out themselves alone.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
