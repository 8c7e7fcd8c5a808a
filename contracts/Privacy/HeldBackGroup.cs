namespace EPerfect.Contracts.Privacy;

/// <summary>A group of data that is kept for now.</summary>
/// <param name="Group">Which.</param>
/// <param name="Ground">Because of what, such as <c>tax-law</c>, <c>registration-contract</c>, or a hold's reference.</param>
/// <param name="Until">Until when, in UTC; null if that is not known.</param>
public sealed record HeldBackGroup(string Group, string Ground, DateTimeOffset? Until);
