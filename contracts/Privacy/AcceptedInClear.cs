namespace EPerfect.Contracts.Privacy;

/// <summary>Where an erasure found something in clear that is not the person's, as the privacy officer decided.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Path">Where in the column's JSON; null if it is no JSON.</param>
/// <param name="Rows">How many rows, when it was accepted.</param>
/// <param name="Ground">Why, such as <c>coincidence</c>.</param>
public sealed record AcceptedInClear(string Table, string Column, string? Path, long Rows, string Ground);
