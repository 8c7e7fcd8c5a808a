using System.Text.Json.Serialization;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>A lawyer of ours asks that data of a person be kept. Holds when a second person has approved it.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Groups">Which of it: such as <c>identity</c>.</param>
/// <param name="Reason">A reference, such as <c>case:2026-117</c>; never a text.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="AskedBy">Which lawyer of ours.</param>
/// <param name="AskedAt">When.</param>
internal sealed record LegalHoldAsked(
    Guid HoldId,
    Guid AccountId,
    IReadOnlyList<string> Groups,
    string Reason,
    DateTimeOffset? Until,
    Guid AskedBy,
    DateTimeOffset AskedAt);

/// <summary>It holds. Says again what, for the services that are told.</summary>
internal sealed record LegalHoldApproved(LegalHoldAsked Hold, Guid ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>A lawyer of ours asks that it end.</summary>
internal sealed record LegalHoldReleaseAsked(Guid AskedBy, DateTimeOffset AskedAt);

/// <summary>It is not to end after all.</summary>
internal sealed record LegalHoldReleaseWithdrawn(Guid WithdrawnBy, DateTimeOffset WithdrawnAt);

/// <summary>It holds no longer. Says again what, for the services that are told.</summary>
internal sealed record LegalHoldReleased(LegalHoldAsked Hold, Guid ApprovedBy, DateTimeOffset ReleasedAt);

/// <summary>A service has carried out an order.</summary>
/// <param name="Store">Which.</param>
/// <param name="IsHeld">Whether it holds there now.</param>
/// <param name="OrderVersion">By which order.</param>
/// <param name="ErasedBefore">Groups of which nothing was left to hold.</param>
/// <param name="AppliedAt">When.</param>
internal sealed record LegalHoldConfirmed(
    string Store, bool IsHeld, long OrderVersion, IReadOnlyList<string> ErasedBefore, DateTimeOffset AppliedAt);

[JsonSerializable(typeof(LegalHoldAsked))]
[JsonSerializable(typeof(LegalHoldApproved))]
[JsonSerializable(typeof(LegalHoldReleaseAsked))]
[JsonSerializable(typeof(LegalHoldReleaseWithdrawn))]
[JsonSerializable(typeof(LegalHoldReleased))]
[JsonSerializable(typeof(LegalHoldConfirmed))]
internal sealed partial class LegalHoldJson : JsonSerializerContext;
