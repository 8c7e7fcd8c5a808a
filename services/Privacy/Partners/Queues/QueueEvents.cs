namespace EPerfect.Privacy.Partners.Queues;

/// <summary>The partner was given a password for its queue; an earlier one is worth nothing.</summary>
/// <param name="GivenAt">When.</param>
/// <param name="AccessId">The password: one a request, however often it is repeated.</param>
/// <param name="Secret">It, sealed as a secret of the service.</param>
internal sealed record QueueAccessGiven(DateTimeOffset GivenAt, Guid AccessId, string Secret);

/// <summary>The partner takes nothing from a queue any more.</summary>
internal sealed record QueueClosed(DateTimeOffset ClosedAt);
