using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>An order on the wire.</summary>
/// <param name="AccountId">Who orders. The account may be so new that Orders has not heard of it: payment waits for
/// it.</param>
/// <param name="Currency">ISO 4217, one of the catalogue's.</param>
/// <param name="PaymentMethodToken">The payment provider's token; never a card number.</param>
/// <param name="Items">1 to 50.</param>
/// <param name="CatalogueVersion">The version whose prices the customer saw; refused if it is not in force any
/// more.</param>
internal sealed record PlaceOrderRequest(
    Guid AccountId,
    string Currency,
    string PaymentMethodToken,
    IReadOnlyList<OrderItemRequest> Items,
    int? CatalogueVersion = null);

/// <summary>The answer: where the order is found, and what it will cost.</summary>
internal sealed record PlaceOrderResponse(Guid Id, int CatalogueVersion, Money Total);

internal static class PlaceOrder
{
    /// <summary>What is priced and pinned now. Whether the account exists is settled when it is to pay.</summary>
    public static Checked<Quote> Decide(
        PlaceOrderRequest request, Catalogue catalogue, Customer? customer, Func<Guid> newId)
    {
        if (request.AccountId == Guid.Empty) return OrderRules.AccountMissing;
        if (!IsToken(request.PaymentMethodToken)) return OrderRules.PaymentTokenInvalid;
        var quote = Quote.Of(request, catalogue, newId);
        return quote.Refusal is null && customer is { IsClosed: true } ? OrderRules.AccountClosed : quote;
    }

    public static OrderPlaced Place(
        this Quote quote, Guid orderId, Guid accountId, Sealed<PaymentMethod> paymentMethod, DateTimeOffset now) => new(
            orderId, accountId, quote.CatalogueVersion, quote.Currency.Code, quote.Currency.MinorUnits, quote.Total,
            quote.Lines, paymentMethod, now);

    public static void Map(RouteGroupBuilder orders) => orders.MapPost("/", HandleAsync)
        .WithName("PlaceOrder")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Billing | MemberRole.Client))
        .WithSummary("Places an order. Payment, registration and provisioning follow by themselves.")
        .Produces<PlaceOrderResponse>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        PlaceOrderRequest request,
        Commands commands,
        Catalogues catalogues,
        Reader reader,
        Vault vault,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // Read before the writer's turn, in which others stand in line. An account that is closed meanwhile is met when it
        // is to pay.
        var catalogue = await catalogues.CurrentAsync(cancellationToken);
        var customer = await reader.LatestAsync<Customer>(request.AccountId, cancellationToken);
        var now = clock.GetUtcNow();
        var orderId = Guid.CreateVersion7(now);
        return await commands.CreateAsync<Order>(
            orderId, request.AccountId, PlaceAsync, Response, cancellationToken: cancellationToken);

        async Task<Decision> PlaceAsync(UnitOfWork _, CancellationToken token)
        {
            var quote = Decide(request, catalogue, customer, () => Guid.CreateVersion7(now));
            if (quote.Refusal is { } refusal) return refusal;
            var method = await vault.SealAsync(request.AccountId, new PaymentMethod(request.PaymentMethodToken), token);
            return Decision.Of(quote.Value!.Place(orderId, request.AccountId, method, now));
        }
    }

    private static PlaceOrderResponse Response(IReadOnlyList<object> events)
    {
        var placed = (OrderPlaced)events[0];
        return new(placed.OrderId, placed.CatalogueVersion,
            Money.Of(placed.Total, new Currency(placed.Currency, placed.MinorUnits)));
    }

    private static bool IsToken(string token) =>
        token is { Length: >= 1 and <= 100 } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
