using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

// One stream for each legal hold that a service was ever ordered to place.

/// <summary>Law forbids to erase data of a person for now, or does so no longer.</summary>
/// <param name="HoldId">The hold, as all services know it.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Groups">Which of it.</param>
/// <param name="Reason">A reference, never a text.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="IsHeld">Which of the two.</param>
/// <param name="OrderVersion">The version of Privacy's stream that ordered it: the latest order holds.</param>
/// <param name="ReceivedAt">When this service heard of it.</param>
public sealed record HoldOrdered(
    Guid HoldId,
    Guid AccountId,
    IReadOnlyList<DataGroup> Groups,
    string Reason,
    DateTimeOffset? Until,
    bool IsHeld,
    long OrderVersion,
    DateTimeOffset ReceivedAt);

/// <summary>The order is carried out in the vault.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="IsHeld">Which of the two.</param>
/// <param name="OrderVersion">By which order.</param>
/// <param name="Subjects">Under which ids the person's data is sealed here. Opaque.</param>
/// <param name="ErasedBefore">Groups of which nothing was left to hold.</param>
/// <param name="AppliedAt">When.</param>
public sealed record HoldApplied(
    Guid HoldId,
    Guid AccountId,
    bool IsHeld,
    long OrderVersion,
    IReadOnlyList<Guid> Subjects,
    IReadOnlyList<DataGroup> ErasedBefore,
    DateTimeOffset AppliedAt);

[JsonSerializable(typeof(HoldOrdered))]
[JsonSerializable(typeof(HoldApplied))]
internal sealed partial class HoldJson : JsonSerializerContext;
