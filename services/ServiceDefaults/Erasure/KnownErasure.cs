using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Which keys an erasure has destroyed, as this service's events tell it: apart from the keys themselves.</summary>
public sealed record KnownErasure
{
    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>The erasure, as all services know it.</summary>
    public Guid ErasureId { get; init; }

    /// <summary>Whose keys.</summary>
    public IReadOnlyList<Guid> Subjects { get; init; } = [];

    /// <summary>Under which number the texts were sealed that were looked for.</summary>
    public Guid? OfSearch { get; init; }

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<LedgerEntry> Gone { get; init; } = [];

    /// <summary>Begins.</summary>
    public static KnownErasure Create(ErasureReceived e) => new() { ErasureId = e.ErasureId };

    /// <summary>Whose keys is settled.</summary>
    public KnownErasure Apply(ErasureBegun e) => this with { Subjects = e.Subjects };

    /// <summary>The texts are sealed, for a while.</summary>
    public KnownErasure Apply(ErasureSearched e) => this with { OfSearch = e.LookedFor?.Subject };

    /// <summary>Destroyed, in one round or another.</summary>
    public KnownErasure Apply(ErasureKeysDestroyed e) => With(
        e.Groups.SelectMany(group => SubjectsOf(e, group.Group).Select(subject => new LedgerEntry(
            ErasureId, subject, Enum.Parse<DataGroup>(group.Group, ignoreCase: true), group.ShreddedAt))));

    /// <summary>The texts are gone too.</summary>
    public KnownErasure Apply(PersonalDataShredded e) => OfSearch is { } search
        ? With([new LedgerEntry(ErasureId, search, LookedFor.Declared.Group, e.ShreddedAt)])
        : this;

    /// <summary>Where it was not told whose, a group that is held of anybody counts as held of all: what is held must not be
    /// destroyed, and what is not is shredded by the erasure itself in its next round.</summary>
    private IEnumerable<Guid> SubjectsOf(ErasureKeysDestroyed e, string group) =>
        e.Subjects is { } told ? told.Where(one => one.Group == group).SelectMany(one => one.Ids)
        : e.HeldBack.Any(held => held.Group == group) ? []
        : Subjects;

    private KnownErasure With(IEnumerable<LedgerEntry> gone) =>
        this with { Gone = [.. Gone.Concat(gone).DistinctBy(entry => (entry.Subject, entry.Group))] };
}
