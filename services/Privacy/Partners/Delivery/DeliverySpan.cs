using System.Diagnostics;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>That an event is given to a partner: the end of the trace of what is told, by whichever way it leaves and
/// however many leave together.</summary>
internal static class DeliverySpan
{
    /// <param name="e">What is given.</param>
    /// <param name="partner">To whom.</param>
    /// <param name="way">By which way.</param>
    /// <param name="system">What carries it.</param>
    /// <param name="request">The partner's own request, if it asked.</param>
    public static Activity? Start(CloudEvent e, Guid partner, string way, string system, Activity? request = null)
    {
        var span = MessagingSpan.Start(
            "send",
            $"partner.{way}",
            system,
            e.Id,
            e.Attributes.GetValueOrDefault("traceparent"),
            request is null ? [] : [new ActivityLink(request.Context)]);
        span?.SetTag("cloudevents.event_id", e.Id);
        span?.SetTag("cloudevents.event_type", e.Attributes["type"]);
        span.TellOf("Partner", partner);
        // What is about the partner alone has the partner as its subject.
        if (Guid.TryParse(e.Attributes["subject"], out var subject) && subject != partner) span.TellOf("Account", subject);
        if (e.Data.TryGetValue("orderId", out var order) && order.TryGetGuid(out var id)) span.TellOf("Order", id);
        return span;
    }
}
