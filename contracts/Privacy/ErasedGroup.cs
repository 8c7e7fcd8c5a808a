namespace EPerfect.Contracts.Privacy;

/// <summary>The keys of one group of data, destroyed in one service.</summary>
/// <param name="Group"><c>identity</c>, <c>contact</c>, <c>billing</c>, <c>communications</c>, <c>logs</c> or
/// <c>marketing</c>.</param>
/// <param name="Keys">How many there were.</param>
/// <param name="Versions">Their versions.</param>
/// <param name="ShreddedAt">When the last of them was destroyed, in UTC.</param>
public sealed record ErasedGroup(string Group, int Keys, IReadOnlyList<int> Versions, DateTimeOffset ShreddedAt);
