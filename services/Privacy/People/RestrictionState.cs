using System.Collections.Immutable;
using EPerfect.Privacy.Requests.Erasure;

namespace EPerfect.Privacy.People;

/// <summary>A restriction of processing, or its end, and which services have carried it out.</summary>
/// <param name="IsOn">Which of the two.</param>
/// <param name="Version">The version of the person's stream that ordered it.</param>
/// <param name="OrderedAt">When.</param>
internal sealed record RestrictionState(bool IsOn, long Version, DateTimeOffset OrderedAt)
{
    /// <summary>The person was told that it will be lifted.</summary>
    public RestrictionEnding? Ending { get; init; }

    public ImmutableSortedDictionary<string, DateTimeOffset> Confirmed { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>Whether all services hold it.</summary>
    public bool IsEverywhere => ErasureOfPerson.Stores.All(Confirmed.ContainsKey);

    /// <summary>An answer to an earlier order says nothing about this one.</summary>
    public bool IsNews(RestrictionConfirmed e) =>
        e.PersonVersion == Version && e.IsRestricted == IsOn && !Confirmed.ContainsKey(e.Store);

    public RestrictionState With(RestrictionConfirmed e) => this with { Confirmed = Confirmed.SetItem(e.Store, e.AppliedAt) };
}
