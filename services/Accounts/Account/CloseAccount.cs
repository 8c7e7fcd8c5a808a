using EPerfect.Accounts.PersonalDetails;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

/// <summary>Ends the account. Its e-mail address is free again: who left may come back under a new account.</summary>
internal static class CloseAccount
{
    internal static Decision Decide(Account account, DateTimeOffset now) =>
        account.IsClosed ? AccountRefusals.Closed : Decision.Of(new AccountClosed(now));

    private static Task<IResult> Handle(Guid accountId, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Account>(accountId, (account, work, _) =>
        {
            var decision = Decide(account, time.GetUtcNow());
            if (decision.Refusal is null) EmailClaim.Free(work.Session, accountId);
            return Task.FromResult(decision);
        }, ct);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPost("/{accountId:guid}/close", Handle)
        .WithName("CloseAccount")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Closes the account for good.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
