using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Which order, account, domain and partner a span is about: <c>eperfect.order.id</c> and so on, from what an event or a
/// message says. Opaque ids alone: nothing else that it says gets into a trace. Who is about several of a kind is found by
/// the first.
/// </summary>
public static class BusinessIds
{
    private static readonly string[] Things = ["Order", "Account", "Domain", "Partner"];
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(string Thing, PropertyInfo Id)>> Known = new();

    /// <summary>Notes the ids that an event or a message names.</summary>
    /// <param name="span">The span; null if nobody listens.</param>
    /// <param name="said">The event or message.</param>
    public static void TellOf(this Activity? span, object said)
    {
        if (span is null) return;
        foreach (var (thing, property) in Known.GetOrAdd(said.GetType(), Find))
        {
            if (property.GetValue(said) is Guid id) span.TellOf(thing, id);
        }
    }

    /// <summary>Notes one id.</summary>
    /// <param name="span">The span; null if nobody listens.</param>
    /// <param name="thing">What it is the id of, such as <c>Order</c>; what is no such thing is not noted.</param>
    /// <param name="id">The id.</param>
    public static void TellOf(this Activity? span, string thing, Guid id)
    {
        if (span is null || !Things.Contains(thing, StringComparer.Ordinal)) return;
        var tag = $"eperfect.{char.ToLowerInvariant(thing[0])}{thing[1..]}.id";
        if (span.GetTagItem(tag) is null) span.SetTag(tag, id.ToString("D"));
    }

    private static IReadOnlyList<(string Thing, PropertyInfo Id)> Find(Type said) =>
    [
        .. from thing in Things
           let property = said.GetProperty($"{thing}Id")
           where property is not null && (property.PropertyType == typeof(Guid) || property.PropertyType == typeof(Guid?))
           select (thing, property),
    ];
}
