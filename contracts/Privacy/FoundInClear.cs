namespace EPerfect.Contracts.Privacy;

/// <summary>Where an erasure found what must not be there. Never what.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many rows.</param>
public sealed record FoundInClear(string Table, string Column, long Rows);
