using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Orders;

/// <summary>Orders found data of a person in clear, or sealed data that the erasure had not reckoned with. Nothing is
/// certified until it is gone; the search is repeated by itself.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Places">Where.</param>
/// <param name="RetryAt">When it is tried again, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made.</param>
public sealed record ErasureStopped(
    Guid ErasureId, Guid AccountId, IReadOnlyList<FoundInClear> Places, DateTimeOffset RetryAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.erasure-stopped.v1";
}
