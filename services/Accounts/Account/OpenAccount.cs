using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Policies;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

internal sealed record OpenAccountRequest(
    string Kind, string Name, string Email, string Phone, PostalAddress Address, int AcceptedPolicySet);

/// <summary>Collects exactly what is needed to serve, and which set of documents was shown and accepted. The address is
/// the owner's own, or its answer would tell who has an account.</summary>
internal static class OpenAccount
{
    internal static Refusal? Check(OpenAccountRequest request) =>
        (request.Kind is "customer" or "reseller" ? null : UnknownKind)
        ?? Text.Check(request.Name, Identity.LongestName, "/name")
        ?? Contact.Check(request.Email, request.Phone)
        ?? request.Address.Check("/address");

    internal static Decision Decide(AccountOpened opened, KnownPolicySets? known, EmailClaim? claim) =>
        (known ?? KnownPolicySets.None).Check(opened.AcceptedPolicySet, opened.OpenedAt) is { } refusal ? refusal
        : claim is not null ? AccountRefusals.EmailInUse
        : Decision.Of(opened);

    private static async Task<IResult> Handle(
        OpenAccountRequest request,
        Commands commands,
        Caller caller,
        Logins logins,
        Vault vault,
        BlindIndex index,
        TimeProvider time,
        CancellationToken ct)
    {
        // An account has an owner, and that is a person.
        if (caller.UserId is not { } owner) return Problems.From(Refusals.RoleInsufficient);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var isOwn = await logins.IsOwnAsync(owner, request.Email, ct);
        return await commands.CreateAsync<Account>(id, accountId: null, async (work, ct) =>
        {
            if (Check(request) is { } refusal) return refusal;
            if (!isOwn) return AccountRefusals.EmailNotYours;
            if (await Membership.IsFullAsync(work.Session, owner, ct)) return MemberRefusals.TooManyAccounts;

            var opened = new AccountOpened(
                id,
                request.Kind,
                await vault.SealAsync(id, new Identity(request.Name), ct),
                await vault.SealAsync(id, new Contact(request.Email, request.Phone, request.Address), ct),
                request.AcceptedPolicySet,
                now,
                owner);
            var claim = new EmailClaim(index.ForEmail(request.Email), id);
            var decision = Decide(
                opened,
                await work.Session.Events.FetchLatest<KnownPolicySets>(KnownPolicySets.StreamId, ct),
                await work.Session.LoadAsync<EmailClaim>(claim.Id, ct));
            if (decision.Refusal is not null) return decision;
            work.Session.Insert(claim);
            work.Session.Insert(Membership.Of(owner, id, MemberRoles.Owner));
            return decision;
        }, cancellationToken: ct);
    }

    private static readonly Refusal UnknownKind =
        new(422, "account-kind-unknown", "An account is a customer's or a reseller's.", "/kind");

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPost("", Handle)
        .WithName("OpenAccount")
        .Allow(Access.SignedIn)
        .WithSummary("Opens an account: one per e-mail address.")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
