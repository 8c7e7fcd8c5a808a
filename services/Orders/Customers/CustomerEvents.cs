namespace EPerfect.Orders.Customers;

internal sealed record CustomerOpened(Guid AccountId, string Kind, DateTimeOffset OpenedAt);

internal sealed record CustomerClosed(Guid AccountId, DateTimeOffset ClosedAt);

/// <summary>All orders that waited for the news go on.</summary>
internal sealed record OrdersWoken(DateTimeOffset WokenAt);
