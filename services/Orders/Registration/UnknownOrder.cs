using EPerfect.Orders.Ordering;

namespace EPerfect.Orders.Registration;

/// <summary>An answer to a question that this service never asked. It ends in the error queue, where people see
/// it.</summary>
internal static class UnknownOrder
{
    public static Order IfNull(Order? order) =>
        order ?? throw new InvalidOperationException("A domain's answer names an order that does not exist.");
}
