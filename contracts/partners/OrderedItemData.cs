namespace EPerfect.Contracts.Partners;

/// <summary>One line of an order.</summary>
/// <param name="ItemId">The line of the order.</param>
/// <param name="Product">The product's code in the catalogue, such as <c>perfect-1</c>.</param>
/// <param name="Kind"><c>hosting</c> or <c>domain</c>.</param>
/// <param name="Total">What the line costs now: a decimal number as text, in units of the currency.</param>
public sealed record OrderedItemData(Guid ItemId, string Product, string Kind, string Total);
