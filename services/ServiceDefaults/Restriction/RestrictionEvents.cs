using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

// One stream for each person whose processing was ever restricted here.

/// <summary>The processing of a person's data is to be restricted from now on, or is so no longer.</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="IsRestricted">Which of the two.</param>
/// <param name="PersonVersion">The version of the person's stream that ordered it: the latest order holds.</param>
/// <param name="ReceivedAt">When this service heard of it.</param>
public sealed record RestrictionOrdered(Guid AccountId, bool IsRestricted, long PersonVersion, DateTimeOffset ReceivedAt);

/// <summary>The order is carried out: all of the person's groups are restricted in the vault, or are no longer.</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="IsRestricted">Which of the two.</param>
/// <param name="PersonVersion">By which order.</param>
/// <param name="Subjects">Under which ids the person's data is sealed here. Opaque.</param>
/// <param name="AppliedAt">When.</param>
public sealed record RestrictionApplied(
    Guid AccountId, bool IsRestricted, long PersonVersion, IReadOnlyList<Guid> Subjects, DateTimeOffset AppliedAt);

[JsonSerializable(typeof(RestrictionOrdered))]
[JsonSerializable(typeof(RestrictionApplied))]
internal sealed partial class RestrictionJson : JsonSerializerContext;
