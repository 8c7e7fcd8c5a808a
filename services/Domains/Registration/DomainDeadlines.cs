using EPerfect.Domains.Lifecycle;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Domains.Registration;

/// <summary>What each event means for the work that waits on the registry.</summary>
internal static class DomainDeadlines
{
    public static IEnumerable<DeadlineChange> Of(IEvent stored) => stored.Data switch
    {
        RegistrationStarted e => [new DeadlineChange.Set(RegisterAtRegistry.Kind, e.At)],
        RegistrationAttemptFailed e => [new DeadlineChange.Set(RegisterAtRegistry.Kind, e.RetryAt)],
        DomainRegistered or RegistrationFailed => [new DeadlineChange.Clear(RegisterAtRegistry.Kind)],
        NameserverChangeStarted e => [new DeadlineChange.Set(UpdateAtRegistry.Kind, e.At)],
        NameserverChangeAttemptFailed e => [new DeadlineChange.Set(UpdateAtRegistry.Kind, e.RetryAt)],
        NameserversChanged or NameserverChangeRefused => [new DeadlineChange.Clear(UpdateAtRegistry.Kind)],
        _ => [],
    };
}
