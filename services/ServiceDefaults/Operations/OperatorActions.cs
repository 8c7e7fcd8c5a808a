using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

/// <summary>Messages that kept failing were ordered elsewhere. Who ordered it stands in the event's metadata. The order is
/// stored before it is carried out: killed in between, it was ordered and the messages lie where they lay.</summary>
/// <param name="Queue">The queue that they had come by.</param>
/// <param name="To"><c>queue</c>: given back. <c>archive</c>: put out of the way. <c>error-queue</c>: fetched back from
/// there.</param>
/// <param name="Failure">Those that failed by this; null for all.</param>
/// <param name="MessageId">This one; null for all.</param>
/// <param name="Reason">A reference, never a text.</param>
/// <param name="OrderedAt">When.</param>
public sealed record FailedMessagesMoved(
    string Queue, string To, string? Failure, string? MessageId, string Reason, DateTimeOffset OrderedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "failed_messages_moved";
}

/// <summary>What was due and did not get done is to be tried at once. Who ordered it stands in the event's metadata.</summary>
/// <param name="StreamId">What it is due for.</param>
/// <param name="Kind">What is due.</param>
/// <param name="Argument">Distinguishes several of a kind.</param>
/// <param name="Reason">A reference, never a text.</param>
/// <param name="ResumedAt">When.</param>
public sealed record DeadlineResumed(Guid StreamId, string Kind, string Argument, string Reason, DateTimeOffset ResumedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "deadline_resumed";
}

/// <summary>What operators ordered of a queue, or of what is due for a stream: one stream for each.</summary>
/// <param name="Id">The stream.</param>
public sealed record OperatorActions(Guid Id) : IOwned
{
    private static readonly Guid Space = Guid.Parse("0190f3a0-0000-7000-8000-0000000001e1");

    Guid? IOwned.AccountId => null;

    /// <summary>The actions on a queue.</summary>
    /// <param name="queue">Its name.</param>
    public static Guid StreamOf(string queue) => DeterministicId.From(Space, queue);

    /// <summary>The actions on what is due for a stream.</summary>
    /// <param name="stream">Which.</param>
    public static Guid StreamOf(Guid stream) => DeterministicId.From(Space, stream.ToString("D"));

    /// <summary>The first on a queue.</summary>
    public static OperatorActions Create(FailedMessagesMoved e) => new(StreamOf(e.Queue));

    /// <summary>The first on what is due.</summary>
    public static OperatorActions Create(DeadlineResumed e) => new(StreamOf(e.StreamId));

    /// <summary>Another.</summary>
    public OperatorActions Apply(FailedMessagesMoved _) => this;

    /// <summary>Another.</summary>
    public OperatorActions Apply(DeadlineResumed _) => this;
}

[JsonSerializable(typeof(FailedMessagesMoved))]
[JsonSerializable(typeof(DeadlineResumed))]
internal sealed partial class OperatorActionsJson : JsonSerializerContext;
