using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

internal sealed record ChangeBillingDetailsRequest(
    string PaymentMethodToken, string Brand, string LastFour, string Expiry, PostalAddress? BillingAddress = null);

/// <summary>Replaces the payment method. What the card looks like is known, the card never is.</summary>
internal static class ChangeBillingDetails
{
    internal static Decision Decide(Account account, BillingDetailsChanged changed) =>
        account.IsClosed ? AccountRefusals.Closed : Decision.Of(changed);

    private static Task<IResult> Handle(
        Guid accountId,
        ChangeBillingDetailsRequest request,
        Commands commands,
        Vault vault,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Account>(accountId, async (account, _, ct) =>
        {
            var now = time.GetUtcNow();
            var method = new PaymentMethod(
                request.PaymentMethodToken, request.Brand, request.LastFour, request.Expiry, request.BillingAddress);
            if (method.Check(now) is { } refusal) return refusal;

            var changed = new BillingDetailsChanged(
                await vault.SealAsync(accountId, method, ct),
                now,
                await Corrections.OfBillingAsync(vault, account, method, ct));
            return Decide(account, changed);
        }, ct);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPut("/{accountId:guid}/billing", Handle)
        .WithName("ChangeBillingDetails")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Billing))
        .WithSummary("Replaces the payment method by another token; card numbers and security codes are refused.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
