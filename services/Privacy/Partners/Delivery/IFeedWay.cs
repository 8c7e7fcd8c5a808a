using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>
/// A way by which the feed is brought to partners. The pump reads, asks the gate and keeps the place; a way sends, and
/// says what the other side has confirmed. It is turned on and off for a partner by <see cref="FeedProgress"/>.
/// </summary>
internal interface IFeedWay
{
    /// <summary>As it stands in the accounting and in the progress: <c>webhook</c>, <c>amqp</c>.</summary>
    string Name { get; }

    /// <summary>How many events the gate lets out together: only as many as leave within a moment.</summary>
    int MostAtOnce { get; }

    /// <summary>Whether an operator has stopped it: then nothing is let out, and nothing counts as failed.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> IsHeldAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Asked before the gate, so that the accounting does not tell of what was never sent.</summary>
    /// <param name="partnerId">To whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long nothing can be sent that way; null if it can.</returns>
    Task<TimeSpan?> NotBeforeAsync(Guid partnerId, CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);

    /// <summary>Asked between two sendings, also while nothing can be sent: whether something that was sent lies unread where it
    /// can be taken from, and ought to pass the gate again.</summary>
    /// <param name="partnerId">To whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>It, of which there may be none; null if it need not.</returns>
    Task<IUnread?> TakeUnreadAsync(Guid partnerId, CancellationToken cancellationToken) => Task.FromResult<IUnread?>(null);

    /// <summary>Sends what was let out, in order. What fails on the way is an answer, not an exception.</summary>
    /// <param name="parcel">What, and to whom.</param>
    /// <param name="cancellationToken">The process ends; what was not confirmed is sent again.</param>
    Task<Sending> SendAsync(Parcel parcel, CancellationToken cancellationToken);
}

/// <param name="PartnerId">To whom.</param>
/// <param name="Events">What, in order; at least one.</param>
/// <param name="Failures">How often in a row it failed before.</param>
/// <param name="FailingSince">Since when.</param>
internal sealed record Parcel(
    Guid PartnerId, IReadOnlyList<CloudEvent> Events, int Failures, DateTimeOffset? FailingSince);

/// <summary>How far a sending got.</summary>
/// <param name="Confirmed">How many of the events, from the first on, the other side has.</param>
/// <param name="RetryIn">When the next one of them is tried again; nothing after it is sent before.</param>
internal sealed record Sending(int Confirmed, TimeSpan RetryIn = default);

/// <summary>What was sent and is held back, unread. Unless it is done with, it lies there again.</summary>
internal interface IUnread : IAsyncDisposable
{
    /// <summary>Where it stands in the feed, in order.</summary>
    IReadOnlyList<long> Positions { get; }

    /// <summary>What may be told of it was sent anew.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task DoneAsync(CancellationToken cancellationToken);
}
