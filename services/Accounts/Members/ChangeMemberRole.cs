using EPerfect.Accounts.ApiClients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal sealed record ChangeMemberRoleRequest(string Role);

/// <summary>Makes a member something else, as long as an owner is left.</summary>
internal static class ChangeMemberRole
{
    internal static Decision Decide(Account account, Guid loginId, string role, DateTimeOffset now) =>
        MemberRoles.Check(role) is { } refusal ? refusal
        : !account.Members.TryGetValue(loginId, out var current) ? MemberRefusals.Member
        : current == role ? Decision.Nothing
        : account.IsLastOwner(loginId) ? MemberRefusals.LastOwner
        : Decision.Of(
        [
            new MemberRoleChanged(loginId, role, now),
            .. WithdrawInvitation.AllOf(account, loginId, now),
            .. RevokeApiClient.AllOf(account, loginId, now),
        ]);

    private static Task<IResult> Handle(
        Guid accountId,
        Guid loginId,
        ChangeMemberRoleRequest request,
        Commands commands,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Account>(accountId, (account, work, _) =>
        {
            var decision = Decide(account, loginId, request.Role, time.GetUtcNow());
            if (decision.Events.Count > 0) work.Session.Store(Membership.Of(loginId, accountId, request.Role));
            return Task.FromResult(decision);
        }, ct);

    public static void Map(RouteGroupBuilder members) => members.MapPut("/{loginId:guid}", Handle)
        .WithName("ChangeMemberRole")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Gives a member another role. It holds for tokens issued afterwards.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
