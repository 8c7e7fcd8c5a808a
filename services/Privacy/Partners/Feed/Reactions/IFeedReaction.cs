using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

/// <summary>A reaction that adds to the feed of a subject, whatever stands there.</summary>
/// <typeparam name="TMessage">The contract.</typeparam>
internal interface IFeedReaction<in TMessage> : IReaction<TMessage>
{
    StreamAhead? IReaction<TMessage>.Ahead(TMessage message) => StreamAhead.VersionOf(StreamOf(message));
}
