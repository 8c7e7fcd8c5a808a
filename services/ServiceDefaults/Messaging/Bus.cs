using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Connects a service to the broker: its own queues, and the exchanges of what it publishes. Which exchange feeds which
/// queue is settled beforehand by deploy/topology.json, for a service may not touch another's names.
/// </summary>
internal static class Bus
{
    private const int MostAtOnce = 64;

    public static void Add(IServiceCollection services, ServiceDefinition definition, Uri broker)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(options =>
            {
                // Without the broker the service still serves: what it stores is published later.
                options.Name = "broker";
                options.MinimalFailureStatus = HealthStatus.Degraded;
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker, definition.Name, _ => { });
                rabbit.MessageTopology.SetEntityNameFormatter(new EventNames(definition));
                // What contracts have in common is no event of its own: no exchange.
                foreach (var common in definition.Published.Keys.SelectMany(MessageTypeCache.GetMessageTypes).Distinct())
                {
                    if (!definition.Published.ContainsKey(common)) rabbit.Publish(common, topology => topology.Exclude = true);
                }

                foreach (var subscription in definition.Subscriptions)
                {
                    rabbit.ReceiveEndpoint(subscription.Queue, endpoint =>
                    {
                        endpoint.ConfigureConsumeTopology = false;
                        endpoint.PublishFaults = false;
                        // What no consumer knows goes to the error queue, not to a `_skipped` one that nobody watches.
                        endpoint.ThrowOnSkippedMessages();
                        endpoint.ConfigureError(error =>
                        {
                            error.UseFilter(new WithoutWhatItSaid());
                            error.UseFilter(new GenerateFaultFilter());
                            error.UseFilter(new ErrorTransportFilter());
                        });
                        endpoint.PrefetchCount = MostAtOnce;
                        endpoint.ConcurrentMessageLimit = MostAtOnce;
                        endpoint.SetQuorumQueue();
                        subscription.Consume(endpoint, context);
                    });
                }
            });
        });
        services.Configure<MassTransitHostOptions>(options =>
        {
            // The API serves without a broker; the publisher waits for it.
            options.WaitUntilStarted = false;
            options.StopTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton<ConfirmedSending>();
        services.AddSingleton(new ErrorQueues(broker, definition));
        services.AddSingleton(_ => new FailedMessages(broker, definition));
        services.AddSingleton<IMeasure, QueueMeasure>();
        services.AddHealthChecks().AddCheck<ErrorQueueHealth>(
            "error-queues", HealthStatus.Degraded, ["ready"], HealthSetup.MostTime);
    }

    /// <summary>An exchange is named after its event, not after a .NET type.</summary>
    private sealed class EventNames(ServiceDefinition definition) : IEntityNameFormatter
    {
        private readonly Dictionary<Type, string> names = definition.Published
            .Concat(definition.Subscriptions.Select(s => KeyValuePair.Create(s.Message, s.Event)))
            // A service may hear itself, and one event in several queues.
            .DistinctBy(pair => pair.Key)
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        public string FormatEntityName<T>() =>
            names.TryGetValue(typeof(T), out var name) ? name : $"{definition.Name}.internal.{typeof(T).Name}";
    }
}
