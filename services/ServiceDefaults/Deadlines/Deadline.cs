namespace EPerfect.ServiceDefaults;

/// <summary>Something that is due at a time, for one stream.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Kind">What is due, such as <c>capture-payment</c>; chooses the handler.</param>
/// <param name="Argument">What distinguishes several of a kind on one stream, such as an item's id; empty if there is
/// one.</param>
/// <param name="Due">When, in UTC.</param>
public sealed record Deadline(Guid StreamId, string Kind, string Argument, DateTimeOffset Due);
