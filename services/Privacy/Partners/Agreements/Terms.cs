using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>One type of event, and which members of its data.</summary>
internal sealed record AgreedEvent(string Type, IReadOnlyList<string> Fields);

/// <summary>What a partner may be told, and on what terms.</summary>
/// <param name="Purposes">What for, as the privacy policy names it.</param>
/// <param name="Categories">Which kinds of data; see <see cref="Decisions.Categories"/>.</param>
/// <param name="Events">Which events, with which members.</param>
/// <param name="LegalBasis">Why that is lawful: one of <see cref="Bases"/>, the one of the purposes.</param>
/// <param name="RetentionDays">How long the partner keeps it.</param>
/// <param name="Until">When the agreement ends by itself.</param>
internal sealed record Terms(
    IReadOnlyList<string> Purposes,
    IReadOnlyList<string> Categories,
    IReadOnlyList<AgreedEvent> Events,
    string LegalBasis,
    int RetentionDays,
    DateTimeOffset? Until = null)
{
    /// <summary>The members of this type that may be told; null if the type may not.</summary>
    public IReadOnlyList<string>? FieldsOf(string type) => Events.FirstOrDefault(e => e.Type == type)?.Fields;

    /// <summary>Whether the partner is to be told who customers are: values that are encrypted to its key.</summary>
    internal bool NeedsKey => FieldsOf(CustomerSharedData.EventType) is not null;

    /// <summary>Whether all of this was allowed by the other terms too.</summary>
    public bool IsWithin(Terms wider) =>
        Purposes.All(purpose => wider.Purposes.Contains(purpose, StringComparer.Ordinal))
        && Categories.All(category => wider.Categories.Contains(category, StringComparer.Ordinal))
        && Events.All(e => wider.FieldsOf(e.Type) is { } fields && !e.Fields.Except(fields, StringComparer.Ordinal).Any())
        && LegalBasis == wider.LegalBasis
        && RetentionDays <= wider.RetentionDays
        && (wider.Until is null || Until <= wider.Until);

    public bool IsSame(Terms other) => IsWithin(other) && other.IsWithin(this);
}
