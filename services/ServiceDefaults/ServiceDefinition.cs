using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Everything that makes one service what it is: its events, streams, messages, deadlines and
/// endpoints.</summary>
public sealed partial class ServiceDefinition
{
    private readonly Dictionary<string, Type> deadlineHandlers = new(StringComparer.Ordinal);
    private readonly List<Func<IEvent, IEnumerable<DeadlineChange>>> deadlines = [];
    private readonly List<Func<IEvent, object?>> outbound = [];
    private readonly Dictionary<Type, string> events = [];
    private readonly Dictionary<Type, string> published = [];
    private readonly HashSet<Type> unheard = [];
    private readonly List<Subscribed> subscribed = [];
    private readonly List<Action<StoreOptions>> store = [];
    private readonly List<Action<IServiceCollection>> services = [];
    private readonly List<Action<IEndpointRouteBuilder>> endpoints = [];
    private readonly Dictionary<string, Func<string[], Task<int>>> commands = new(StringComparer.Ordinal);

    /// <summary>Begins the definition of a service.</summary>
    /// <param name="name">The service, in lower case: its queues, role and traces carry it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ServiceDefinition(string name)
    {
        (Name, Home) = (name, Assembly.GetCallingAssembly());
        Json(OpeningsJson.Default).Event<PersonalDataOpened>(PersonalDataOpened.StoredAs);
        Json(RetentionJson.Default).Event<RetentionApplied>(RetentionApplied.StoredAs).Stream<RetentionHistory>();
        Json(DataDeclaredJson.Default).Event<DataDeclared>(DataDeclared.StoredAs).Stream<DeclaredState>();
        Json(EffectJson.Default).Event<EffectStopped>(EffectStopped.StoredAs).Event<EffectResumed>(EffectResumed.StoredAs)
            .Stream<EffectSwitch>();
        Json(OperatorActionsJson.Default).Event<FailedMessagesMoved>(FailedMessagesMoved.StoredAs)
            .Event<DeadlineResumed>(DeadlineResumed.StoredAs).Stream<OperatorActions>();
        Retains<ReceiptSweep>(Receipt.Retention).Retains<SweepErrorQueues>(SweepErrorQueues.Rule);
    }

    /// <summary>The service's name.</summary>
    public string Name { get; }

    /// <summary>The assembly that the service lives in.</summary>
    internal Assembly Home { get; }

    /// <summary>The events that this service stores, with the names they are stored under.</summary>
    public IReadOnlyDictionary<Type, string> Events => events;

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

    internal Func<IEvent, IEnumerable<DeadlineChange>>? DeadlinesOf =>
        deadlines.Count == 0 ? null : e => deadlines.SelectMany(map => map(e));

    internal IReadOnlyDictionary<string, Type> DeadlineHandlers => deadlineHandlers;

    internal IReadOnlyDictionary<string, Func<string[], Task<int>>> Commands => commands;

    /// <summary>Registers an event under the name it is stored with, for ever.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="storedAs">Snake case, such as <c>order_placed</c>; the type may be renamed, this may not.</param>
    public ServiceDefinition Event<T>(string storedAs)
        where T : class
    {
        events.Add(typeof(T), storedAs);
        return Marten(options => options.Events.MapEventType<T>(storedAs));
    }

    /// <summary>Registers an aggregate that is folded from its stream when it is needed.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    public ServiceDefinition Stream<T>()
        where T : class => Marten(options => options.Projections.LiveStreamAggregation<T>());

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

    /// <summary>A pure map from events to what is due when. Each part of a service may have its own.</summary>
    /// <param name="deadlinesOf">An event to the deadlines that it sets and clears.</param>
    public ServiceDefinition Deadlines(Func<IEvent, IEnumerable<DeadlineChange>> deadlinesOf)
    {
        deadlines.Add(deadlinesOf);
        return this;
    }

    /// <summary>Names what runs when a deadline of a kind is due.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="kind">The kind, such as <c>capture-payment</c>.</param>
    public ServiceDefinition Runs<THandler>(string kind)
        where THandler : class, IDeadlineHandler
    {
        deadlineHandlers.Add(kind, typeof(THandler));
        return Services(services => services.AddScoped<THandler>());
    }

    /// <summary>Adds projections, documents and tables to the store.</summary>
    public ServiceDefinition Marten(Action<StoreOptions> configure)
    {
        store.Add(configure);
        return this;
    }

    /// <summary>Adds the service's own parts to the container.</summary>
    public ServiceDefinition Services(Action<IServiceCollection> configure)
    {
        services.Add(configure);
        return this;
    }

    /// <summary>Adds gauges of the service's own.</summary>
    /// <typeparam name="TMeasure">What looks them up.</typeparam>
    public ServiceDefinition Measures<TMeasure>()
        where TMeasure : class, IMeasure => Services(services => services.AddSingleton<IMeasure, TMeasure>());

    /// <summary>Adds an operator's command: it runs instead of the service, when it is the first word of the command
    /// line.</summary>
    /// <param name="word">The word.</param>
    /// <param name="run">What it does with the words after it; gives the exit code.</param>
    public ServiceDefinition Command(string word, Func<string[], Task<int>> run)
    {
        commands.Add(word, run);
        return this;
    }

    /// <summary>Maps the service's endpoints.</summary>
    public ServiceDefinition Endpoints(Action<IEndpointRouteBuilder> map)
    {
        endpoints.Add(map);
        return this;
    }

    /// <summary>Adds source-generated readers and writers of JSON, for what is stored and what is on the
    /// wire.</summary>
    /// <param name="context">The generated context.</param>
    public ServiceDefinition Json(IJsonTypeInfoResolver context)
    {
        JsonContexts.Add(context);
        return this;
    }

    internal IList<IJsonTypeInfoResolver> JsonContexts { get; } = [];

    internal void Apply(StoreOptions options) => store.ForEach(configure => configure(options));

    internal void Apply(IServiceCollection collection) => services.ForEach(configure => configure(collection));

    internal void Apply(IEndpointRouteBuilder routes) => endpoints.ForEach(map => map(routes));
}
