namespace EPerfect.Orders.Customers;

/// <summary>What Orders knows of an account. The stream has the account's id.</summary>
internal sealed record Customer
{
    public Guid Id { get; init; }

    /// <summary><c>customer</c> or <c>reseller</c>; null while only the closing was heard of.</summary>
    public string? Kind { get; init; }

    public bool IsClosed { get; init; }

    /// <summary>The orders know of the last news.</summary>
    public bool HasWokenOrders { get; init; }

    public static Customer Create(CustomerOpened e) => new Customer { Id = e.AccountId }.Apply(e);

    public static Customer Create(CustomerClosed e) => new Customer { Id = e.AccountId }.Apply(e);

    public Customer Apply(CustomerOpened e) => this with { Kind = e.Kind, HasWokenOrders = false };

    public Customer Apply(CustomerClosed _) => this with { IsClosed = true, HasWokenOrders = false };

    public Customer Apply(OrdersWoken _) => this with { HasWokenOrders = true };
}
