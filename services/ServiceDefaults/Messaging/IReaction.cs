namespace EPerfect.ServiceDefaults;

/// <summary>
/// What a service does when another service's event arrives. The effect happens once, however often the message comes:
/// the receipt commits with what the reaction appends. Messages may be late and out of order: decide on the state, not
/// on the order of arrival. A throw is retried, then parked, and ends in the error queue.
/// </summary>
/// <typeparam name="TMessage">The contract.</typeparam>
public interface IReaction<in TMessage>
{
    /// <summary>The stream that the reaction changes; reactions to one stream run one after the other.</summary>
    Guid StreamOf(TMessage message);

    /// <summary>That stream, if it is to be loaded together with those of other reactions; null if it is not said.</summary>
    StreamAhead? Ahead(TMessage message) => null;

    /// <summary>Appends what follows. Never publishes: what is appended is published by the event store.</summary>
    Task ReactAsync(UnitOfWork work, TMessage message, CancellationToken cancellationToken);
}

/// <summary>A reaction that changes one aggregate, the one of its stream.</summary>
/// <typeparam name="TMessage">The contract.</typeparam>
/// <typeparam name="TAggregate">The aggregate.</typeparam>
public interface IReaction<in TMessage, TAggregate> : IReaction<TMessage>
    where TAggregate : class
{
    StreamAhead? IReaction<TMessage>.Ahead(TMessage message) => StreamAhead.Of<TAggregate>(StreamOf(message));
}
