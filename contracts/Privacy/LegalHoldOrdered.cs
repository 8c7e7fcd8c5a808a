namespace EPerfect.Contracts.Privacy;

/// <summary>Law forbids to erase data of a person for now, or does so no longer. Every service places the hold in its own vault,
/// or ends it there, and answers with <c>{service}.legal-hold-applied.v1</c>.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Groups">Which of it: such as <c>identity</c>.</param>
/// <param name="Reason">A reference to the ground, such as <c>case:2026-117</c>; never a text.</param>
/// <param name="Until">When it ends by itself; null if only by an order.</param>
/// <param name="IsHeld">Whether it holds from now on.</param>
/// <param name="OrderedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the hold's stream that this event made. Of two orders the one with the higher
/// version holds, in whatever order they arrive.</param>
public sealed record LegalHoldOrdered(
    Guid HoldId,
    Guid AccountId,
    IReadOnlyList<string> Groups,
    string Reason,
    DateTimeOffset? Until,
    bool IsHeld,
    DateTimeOffset OrderedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.legal-hold-ordered.v1";
}
