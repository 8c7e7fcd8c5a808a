using System.Reflection;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Domains.Tests;

/// <summary>Folds events as the store does: by the aggregate's Create and Apply of the event's type.</summary>
internal static class Given
{
    public static Domain? Nothing => null;

    public static Domain Domain(params IEnumerable<object> events) => ((Domain?)null).Then(events)!;

    public static Domain? Then(this Domain? domain, params IEnumerable<object> events) =>
        events.Aggregate(domain, Fold);

    public static IEvent Stored(object data, long version = 1)
    {
        var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
        stored.Version = version;
        return stored;
    }

    private static Domain? Fold(Domain? domain, object e)
    {
        var fold = typeof(Domain).GetMethod(domain is null ? "Create" : "Apply", [e.GetType()])
            ?? throw new InvalidOperationException($"{e.GetType().Name} cannot come here.");
        return (Domain?)fold.Invoke(domain, BindingFlags.DoNotWrapExceptions, null, [e], null);
    }

    public static T Single<T>(this Decision decision)
    {
        decision.Refusal.ShouldBeNull();
        return decision.Events.ShouldHaveSingleItem().ShouldBeOfType<T>();
    }
}
