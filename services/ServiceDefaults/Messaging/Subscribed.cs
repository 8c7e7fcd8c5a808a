using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>A contract that a service reacts to, and the queue it arrives in.</summary>
public sealed class Subscribed
{
    private Subscribed(
        Type message,
        string @event,
        string queue,
        Action<IServiceCollection> register,
        Action<IRabbitMqReceiveEndpointConfigurator, IServiceProvider> consume) =>
        (Message, Event, Queue, Register, Consume) = (message, @event, queue, register, consume);

    /// <summary>The contract.</summary>
    public Type Message { get; }

    /// <summary>The event's name on the wire; its exchange.</summary>
    public string Event { get; }

    /// <summary>The service's own queue.</summary>
    public string Queue { get; }

    internal Action<IServiceCollection> Register { get; }

    internal Action<IRabbitMqReceiveEndpointConfigurator, IServiceProvider> Consume { get; }

    internal static Subscribed Of<TMessage, TReaction>(string service, string name, string? named)
        where TMessage : class
        where TReaction : class, IReaction<TMessage>
    {
        // domains.domain-registered.v1 arrives at Orders in orders.domain-registered.
        var queue = $"{service}.{named ?? name.Split('.')[1]}";
        return new Subscribed(
            typeof(TMessage),
            name,
            queue,
            services => services.AddScoped<TReaction>(),
            (endpoint, services) => endpoint.Consumer(() => ActivatorUtilities
                .CreateInstance<ReactionConsumer<TMessage, TReaction>>(services, queue)));
    }
}
