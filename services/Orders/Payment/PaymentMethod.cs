using EPerfect.Orders.Erasure;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Payment;

/// <summary>How the customer pays: the payment provider's token, never a card number.</summary>
internal sealed record PaymentMethod(
    [Datum(DataCategory.Payment, "what the payment provider keeps the card under")] string Token) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "orders.payment-method",
        DataGroup.Billing,
        "To charge for what was ordered, and to pay back what cannot be delivered",
        "contract",
        RetentionRules.ClosedAccount with { Longer = OrderErasure.BookKeeping });
}
