using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal sealed record AcceptInvitationRequest(string Token);

/// <summary>Whoever holds the mail's token, and is signed in, joins. The token is sent in the body: addresses stand in
/// traces.</summary>
internal sealed class AcceptInvitation(InvitationToken tokens, Writer writer, TimeProvider time)
{
    internal static Decision Decide(
        Account? account, Guid invitationId, Guid loginId, bool isFull, DateTimeOffset now) =>
        account is null ? MemberRefusals.Invitation
        : account.IsClosed ? AccountRefusals.Closed
        : account.Members.ContainsKey(loginId) ? Decision.Nothing
        : !account.Invitations.TryGetValue(invitationId, out var invitation) || invitation.ExpiresAt <= now
            ? MemberRefusals.Over
        : isFull ? MemberRefusals.TooManyAccounts
        : Decision.Of(new MemberJoined(loginId, invitation.Role, invitationId, now));

    /// <summary>For the API and for the page. Repeated by the same person, it changes nothing.</summary>
    /// <returns>Null when the person belongs to the account.</returns>
    public async Task<Refusal?> AcceptAsync(string token, Guid loginId, CancellationToken ct)
    {
        if (!tokens.TryRead(token, out var accountId, out var invitationId)) return MemberRefusals.Invitation;
        var now = time.GetUtcNow();
        var decided = await writer.WriteAsync(accountId, $"user/{loginId:D}", async (work, ct) =>
        {
            var isFull = await Membership.IsFullAsync(work.Session, loginId, ct);
            var decision = await work.ChangeAsync<Account>(
                accountId, account => Decide(account, invitationId, loginId, isFull, now), ct);
            if (decision.Events is [MemberJoined joined])
                work.Session.Store(Membership.Of(loginId, accountId, joined.Role));
            return decision;
        }, ct);
        return decided.Refusal;
    }

    private static async Task<IResult> Handle(
        AcceptInvitationRequest request, AcceptInvitation acceptance, Caller caller, CancellationToken ct) =>
        caller.UserId is not { } login ? Problems.From(Refusals.RoleInsufficient)
        : await acceptance.AcceptAsync(request.Token, login, ct) is { } refusal ? Problems.From(refusal)
        : Results.NoContent();

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPost("/invitations/accept", Handle)
        .WithName("AcceptInvitation")
        .Allow(Access.SignedIn)
        .WithSummary("Joins the account that the invitation is to. Tokens issued afterwards say so.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone);
}
