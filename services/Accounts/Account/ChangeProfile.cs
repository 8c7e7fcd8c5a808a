using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

internal sealed record ChangeProfileRequest(string Name, string Email, string Phone, PostalAddress Address);

/// <summary>Customers may modify their personal information. The e-mail address stays, or becomes the one that the owner who
/// asks signs in with; the claim on it moves with it.</summary>
internal static class ChangeProfile
{
    internal static Refusal? Check(ChangeProfileRequest request) =>
        Text.Check(request.Name, Identity.LongestName, "/name")
        ?? Contact.Check(request.Email, request.Phone)
        ?? request.Address.Check("/address");

    internal static Decision Decide(Account account, ProfileChanged changed, EmailClaim? claim, bool isOwn) =>
        account.IsClosed ? AccountRefusals.Closed
        : claim?.AccountId == account.Id ? Decision.Of(changed)
        : !isOwn ? AccountRefusals.EmailNotYours
        : claim is not null ? AccountRefusals.EmailInUse
        : Decision.Of(changed);

    private static async Task<IResult> Handle(
        Guid accountId,
        ChangeProfileRequest request,
        Commands commands,
        Caller caller,
        Logins logins,
        Vault vault,
        BlindIndex index,
        TimeProvider time,
        CancellationToken ct)
    {
        var isOwn = await logins.IsOwnAsync(caller.UserId, request.Email, ct);
        return await commands.ChangeAsync<Account>(accountId, async (account, work, ct) =>
        {
            if (Check(request) is { } refusal) return refusal;

            var identity = new Identity(request.Name);
            var contact = new Contact(request.Email, request.Phone, request.Address);
            var changed = new ProfileChanged(
                await vault.SealAsync(accountId, identity, ct),
                await vault.SealAsync(accountId, contact, ct),
                time.GetUtcNow(),
                await Corrections.OfProfileAsync(vault, account, identity, contact, ct));
            var claim = new EmailClaim(index.ForEmail(request.Email), accountId);
            var held = await work.Session.LoadAsync<EmailClaim>(claim.Id, ct);
            var decision = Decide(account, changed, held, isOwn);
            if (decision.Refusal is null && held is null) EmailClaim.Move(work.Session, claim);
            return decision;
        }, ct);
    }

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPut("/{accountId:guid}/profile", Handle)
        .WithName("ChangeProfile")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Replaces name, e-mail, phone and address.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
