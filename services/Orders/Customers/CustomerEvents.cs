namespace EPerfect.Orders.Customers;

internal sealed record CustomerOpened(Guid AccountId, string Kind, DateTimeOffset OpenedAt);

internal sealed record CustomerClosed(Guid AccountId, DateTimeOffset ClosedAt);
