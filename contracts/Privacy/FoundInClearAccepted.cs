namespace EPerfect.Contracts.Privacy;

/// <summary>One place that had stopped an erasure stands in its way no more: what was found there is not the person's. The
/// service goes on; any other place stops it again.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="Store">The service that found it.</param>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Path">Where in the column's JSON; null if it is no JSON.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Ground">Why, such as <c>coincidence</c>.</param>
/// <param name="AcceptedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the erasure's stream that this event made.</param>
public sealed record FoundInClearAccepted(
    Guid ErasureId,
    string Store,
    string Table,
    string Column,
    string? Path,
    long Rows,
    string Ground,
    DateTimeOffset AcceptedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.found-in-clear-accepted.v1";
}
