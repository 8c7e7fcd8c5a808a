using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPerfect.ServiceDefaults;

/// <content>What the service holds on people, and what removes it.</content>
public sealed partial class ServiceDefinition
{
    private readonly List<(Retention Rule, Type By)> retained = [];
    private readonly List<Type> rows = [];
    private readonly Dictionary<string, string> indexes = new(StringComparer.Ordinal);

    internal IReadOnlyList<(Retention Rule, Type By)> Retained => retained;

    /// <summary>Those that remove rows at each turn, and not when a deadline comes.</summary>
    internal IEnumerable<(Retention Rule, Type By)> Swept =>
        retained.Where(one => one.By.IsAssignableTo(typeof(IRetentionSweep)));

    internal IReadOnlyList<Type> Rows => rows;

    internal IReadOnlyDictionary<string, string> Indexes => indexes;

    /// <summary>The endpoints, when they are mapped.</summary>
    internal IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Mapped { get; set; } = [];

    /// <summary>What Privacy is told on behalf of a partner; null if this service holds nothing for partners.</summary>
    internal Func<PartnerDataDue, CustomerSharedData, long, object>? OutboundOfEnclosed { get; private set; }

    /// <summary>Maps what is told on behalf of a partner.</summary>
    /// <param name="map">Given the event, its values for the partner alone and its version: the contract.</param>
    internal ServiceDefinition Outbound(Func<PartnerDataDue, CustomerSharedData, long, object> map)
    {
        OutboundOfEnclosed = map;
        return this;
    }

    /// <summary>Names what executes a retention rule: a sweep, or the handler of a deadline.</summary>
    /// <typeparam name="TRunner">An <see cref="IRetentionSweep"/>, or a deadline's handler that is named too.</typeparam>
    /// <param name="rule">The rule. A declaration whose rule nothing executes does not start.</param>
    public ServiceDefinition Retains<TRunner>(Retention rule)
        where TRunner : class
    {
        retained.Add((rule, typeof(TRunner)));
        return typeof(TRunner).IsAssignableTo(typeof(IRetentionSweep))
            ? Services(services => services.TryAddScoped<TRunner>())
            : this;
    }

    /// <summary>Lays an index by which the service finds events.</summary>
    /// <param name="index">Its name, such as <c>mt_events_of_feed</c>.</param>
    /// <param name="definition">What comes after the table's name: columns, and which rows.</param>
    public ServiceDefinition Finds(string index, string definition)
    {
        indexes.Add(index, definition);
        return this;
    }

    /// <summary>Names types whose rows are kept beside the event store, so that the data map shows what they hold.</summary>
    /// <param name="types">The types.</param>
    public ServiceDefinition Keeps(params ReadOnlySpan<Type> types)
    {
        rows.AddRange(types);
        return this;
    }
}
