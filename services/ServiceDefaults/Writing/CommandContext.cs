using System.Diagnostics;

namespace EPerfect.ServiceDefaults;

/// <summary>Who changes something, because of what, in which trace. Stamped on every event.</summary>
/// <param name="Actor">Who: a client of the API, or a part of a service such as <c>orders/capture-payment</c>. Never a
/// name.</param>
/// <param name="CommandId">The request, the message or the deadline that this is.</param>
/// <param name="CorrelationId">What belongs together from the first request on: the trace id of that request.</param>
/// <param name="Activity">The span that events, and through them later work, become children of.</param>
public sealed record CommandContext(string Actor, string CommandId, string CorrelationId, Activity? Activity)
{
    internal const string TraceParentHeader = "traceparent";
    internal const string CauseHeader = "caused-by";
    internal const string RoleHeader = "role";

    private static readonly AsyncLocal<Guid?> CauseOfNow = new();

    /// <summary>The event, here or in another service, that this follows from; null for what somebody wished.</summary>
    internal Guid? Cause { get; init; }

    /// <summary>What let the actor in: a role of staff or of a member; null if no role was asked for.</summary>
    internal string? Role { get; init; }

    /// <summary>A context for work that has no request: a deadline, a seed at start.</summary>
    /// <param name="actor">The part of the service that acts.</param>
    public static CommandContext For(string actor) => new(
        actor,
        Guid.CreateVersion7().ToString("N"),
        Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N"),
        Activity.Current)
    {
        Cause = CauseOfNow.Value,
    };

    /// <summary>A context for what somebody asked for.</summary>
    /// <param name="caller">Who, and in which role.</param>
    internal static CommandContext For(Caller caller) => For(caller.Actor) with { Role = caller.Role };

    /// <summary>Whatever is changed from here on, in this flow of control, follows from this event.</summary>
    internal static void Follow(Guid? cause) => CauseOfNow.Value = cause;
}
