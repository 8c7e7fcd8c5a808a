namespace EPerfect.Contracts.Privacy;

/// <summary>Rows that no key protects, deleted.</summary>
/// <param name="What">Such as <c>logins</c>.</param>
/// <param name="Count">How many.</param>
public sealed record RemovedKind(string What, int Count);
