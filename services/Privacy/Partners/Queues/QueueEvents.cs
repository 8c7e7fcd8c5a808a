namespace EPerfect.Privacy.Partners.Queues;

/// <summary>The partner was given a password for its queue; an earlier one is worth nothing.</summary>
internal sealed record QueueAccessGiven(DateTimeOffset GivenAt);

/// <summary>The partner takes nothing from a queue any more.</summary>
internal sealed record QueueClosed(DateTimeOffset ClosedAt);
