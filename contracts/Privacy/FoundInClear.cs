namespace EPerfect.Contracts.Privacy;

/// <summary>Where an erasure found what must not be there. Never what.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Path">Where in the column's JSON; null if it is no JSON.</param>
/// <param name="Group">The group of sealed data that can still be opened; null if it is in clear.</param>
public sealed record FoundInClear(string Table, string Column, long Rows, string? Path = null, string? Group = null);
