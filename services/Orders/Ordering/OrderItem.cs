namespace EPerfect.Orders.Ordering;

internal enum ItemState
{
    /// <summary>Not paid yet.</summary>
    Waiting,

    /// <summary>Asked of Domains or of the provisioner; no final answer yet.</summary>
    Requested,

    /// <summary>The customer has it.</summary>
    Delivered,

    /// <summary>Cannot be delivered; the money goes back.</summary>
    Failed,

    /// <summary>The money went back.</summary>
    Refunded,
}

/// <summary>A line and how far its delivery is.</summary>
internal sealed record OrderItem(OrderLine Line)
{
    public Guid Id => Line.ItemId;

    public ItemState State { get; init; }

    /// <summary>What the other side calls the thing delivered.</summary>
    public string? Reference { get; init; }

    public string? FailureReason { get; init; }

    public int Attempts { get; init; }

    public string? LastProblem { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>A later answer that contradicts the settled one.</summary>
    public string? LateAnswer { get; init; }

    public bool IsSettled => State is ItemState.Delivered or ItemState.Refunded;

    public OrderItem Delivered(string reference) =>
        Untroubled() with { State = ItemState.Delivered, Reference = reference };

    public OrderItem Failed(string reason) => Untroubled() with { State = ItemState.Failed, FailureReason = reason };

    public OrderItem PaidBack() => Untroubled() with { State = ItemState.Refunded };

    public OrderItem Troubled(int attempt, string problem, DateTimeOffset retryAt) =>
        this with { Attempts = attempt, LastProblem = problem, RetryAt = retryAt };

    private OrderItem Untroubled() => this with { Attempts = 0, LastProblem = null, RetryAt = null };
}
