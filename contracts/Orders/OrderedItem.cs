namespace EPerfect.Contracts.Orders;

/// <summary>One line of an order.</summary>
/// <param name="ItemId">The line; unique within the platform.</param>
/// <param name="Product">The product's code in the catalogue, such as <c>perfect-1</c> or <c>domain-com</c>.</param>
/// <param name="Kind"><c>hosting</c> or <c>domain</c>.</param>
/// <param name="Total">What the line costs now, in units of the order's currency.</param>
public sealed record OrderedItem(Guid ItemId, string Product, string Kind, decimal Total);
