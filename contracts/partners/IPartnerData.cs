namespace EPerfect.Contracts.Partners;

/// <summary>
/// The data of an event that partners may hear of (CloudEvents 1.0). A partner gets those members that its agreement
/// names, so each may be missing. Changed only by adding; what cannot be added becomes a type of its own.
/// </summary>
public interface IPartnerData
{
    /// <summary>The event's type, such as <c>com.eperfect.order.placed.v1</c>: for ever.</summary>
    static abstract string EventType { get; }

    /// <summary>Where it happened: the last segment of the event's <c>source</c>.</summary>
    static abstract string Source { get; }
}
