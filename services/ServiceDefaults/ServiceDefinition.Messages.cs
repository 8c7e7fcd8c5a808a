using JasperFx.Events;

namespace EPerfect.ServiceDefaults;

/// <content>What the service tells others, and what it hears of them.</content>
public sealed partial class ServiceDefinition
{
    private readonly List<Func<IEvent, object?>> outbound = [];
    private readonly Dictionary<Type, string> published = [];
    private readonly HashSet<Type> unheard = [];
    private readonly List<Subscribed> subscribed = [];

    /// <summary>The contracts that this service publishes, with their names on the wire.</summary>
    public IReadOnlyDictionary<Type, string> Published => published;

    /// <summary>Those of <see cref="Published"/> that no service of ours reacts to.</summary>
    public IReadOnlySet<Type> MayGoUnheard => unheard;

    /// <summary>The contracts that this service reacts to.</summary>
    public IReadOnlyList<Subscribed> Subscriptions => subscribed;

    /// <summary>What others may know of an event; null if nothing.</summary>
    internal object? OutboundOf(IEvent e) => outbound.Select(map => map(e)).FirstOrDefault(message => message is not null);

    /// <summary>What the register of openings is told; null if this service tells of none.</summary>
    internal Func<PersonalDataOpened, string?, long, object>? OutboundOfOpening { get; private set; }

    /// <summary>Declares a contract that this service publishes.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="as">Its name on the wire, such as <c>orders.order-placed.v1</c>.</param>
    /// <param name="mayGoUnheard">No service of ours reacts to it. Any other event is kept back while no queue is there to
    /// take it, as on a broker that was set up anew: it would be thrown away.</param>
    public ServiceDefinition Publishes<T>(string @as, bool mayGoUnheard = false)
        where T : class
    {
        published.Add(typeof(T), @as);
        if (mayGoUnheard) unheard.Add(typeof(T));
        return this;
    }

    /// <summary>The pure map from what is stored to what others may know. What all services say alike has its own.</summary>
    /// <param name="map">An event to its contract, or to null when it is nobody else's business.</param>
    public ServiceDefinition Outbound(Func<IEvent, object?> map)
    {
        outbound.Add(map);
        return this;
    }

    /// <summary>Maps an opening of somebody's data.</summary>
    /// <param name="map">Given the event, its details for Privacy alone (null if they were erased) and its version: the
    /// contract.</param>
    internal ServiceDefinition Outbound(Func<PersonalDataOpened, string?, long, object> map)
    {
        OutboundOfOpening = map;
        return this;
    }

    /// <summary>Subscribes to another service's event.</summary>
    /// <typeparam name="TMessage">The contract.</typeparam>
    /// <typeparam name="TReaction">What to do.</typeparam>
    /// <param name="to">The event's name on the wire; the queue is this service's name and the event's, without the
    /// version.</param>
    /// <param name="named">How the event is named in the queue's name, where several services publish one of that
    /// name.</param>
    public ServiceDefinition Reacts<TMessage, TReaction>(string to, string? named = null)
        where TMessage : class
        where TReaction : class, IReaction<TMessage>
    {
        var subscription = Subscribed.Of<TMessage, TReaction>(Name, to, named);
        subscribed.Add(subscription);
        return Services(subscription.Register);
    }
}
