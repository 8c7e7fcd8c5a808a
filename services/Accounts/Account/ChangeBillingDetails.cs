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
        Guid id,
        ChangeBillingDetailsRequest request,
        Commands commands,
        Vault vault,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Account>(id, async (account, _, ct) =>
        {
            var now = time.GetUtcNow();
            var method = new PaymentMethod(
                request.PaymentMethodToken, request.Brand, request.LastFour, request.Expiry, request.BillingAddress);
            if (method.Check(now) is { } refusal) return refusal;

            return Decide(account, new BillingDetailsChanged(await vault.SealAsync(id, method, ct), now));
        }, ct);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapPut("/{id:guid}/billing", Handle)
        .WithName("ChangeBillingDetails")
        .WithSummary("Replaces the payment method by another token; card numbers and security codes are refused.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
