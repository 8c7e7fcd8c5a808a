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
    private readonly Dictionary<Type, string> events = [];
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
