using EPerfect.Operations.Asking;

namespace EPerfect.Operations.Stories;

/// <summary>What happened to a thing, across all services, and because of what. Metadata alone: who an entry names is an
/// opaque id.</summary>
/// <param name="Kind">What it is the story of: <c>order</c>, <c>account</c> or <c>domain</c>.</param>
/// <param name="Id">Which one.</param>
/// <param name="Complete">Everybody answered, and nothing was cut off.</param>
/// <param name="NotAnswered">Whose part is missing.</param>
/// <param name="Entries">Causes before what they caused; beside that by time.</param>
internal sealed record Story(
    string Kind, Guid Id, bool Complete, IReadOnlyList<NotAnswered> NotAnswered, IReadOnlyList<StoryEntry> Entries);

/// <param name="Id">The event.</param>
/// <param name="Service">Where it is stored.</param>
/// <param name="Event">The name that it is stored under.</param>
/// <param name="Stream">What kind of thing it happened to.</param>
/// <param name="StreamId">Which one.</param>
/// <param name="Version">Its place there.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Who">Who did it.</param>
/// <param name="CausedBy">The entry that it followed from; null for what somebody wished.</param>
/// <param name="CommandId">The request, message or deadline.</param>
/// <param name="CorrelationId">What it belongs together with: the trace of the first request.</param>
/// <param name="TraceId">The trace that it was stored in.</param>
internal sealed record StoryEntry(
    Guid Id,
    string Service,
    string Event,
    string Stream,
    Guid StreamId,
    long Version,
    DateTimeOffset At,
    Who Who,
    Guid? CausedBy,
    string? CommandId,
    string? CorrelationId,
    string? TraceId);
