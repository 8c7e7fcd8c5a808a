using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>How far a service is with erasing a person.</summary>
public sealed record PersonErasure
{
    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>The erasure, as all services know it.</summary>
    public Guid ErasureId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Whose keys; null until it has begun.</summary>
    public IReadOnlyList<Guid>? Subjects { get; init; }

    /// <summary>A search under way.</summary>
    public ScanState Scan { get; init; } = ScanState.Begin;

    /// <summary>The search before the keys are destroyed, when it has found nothing; the last one, if something was held
    /// back.</summary>
    public ErasureSearched? Searched { get; init; }

    /// <summary>Whether that was before what is to be destroyed next.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Under which numbers the texts were sealed that were looked for, search by search.</summary>
    public IReadOnlyList<Guid> OfSearches { get; init; } = [];

    /// <summary>Whether it was told that what had been held is held no more.</summary>
    public bool IsHoldEnded { get; init; }

    /// <summary>The keys, when they are destroyed.</summary>
    public ErasureKeysDestroyed? Destroyed { get; init; }

    /// <summary>The search after that.</summary>
    public ErasureSearchedAgain? SearchedAgain { get; init; }

    /// <summary>Where what was found is not the person's.</summary>
    public IReadOnlyList<AcceptedPlace> Accepted { get; init; } = [];

    /// <summary>What was reported last.</summary>
    public PersonalDataShredded? Proven { get; init; }

    /// <summary>Begins.</summary>
    public static PersonErasure Create(ErasureReceived e) => new() { ErasureId = e.ErasureId, AccountId = e.AccountId };

    /// <summary>Nothing more comes in.</summary>
    public PersonErasure Apply(ErasureBegun e) => this with { Subjects = e.Subjects };

    /// <summary>Goes on later.</summary>
    public PersonErasure Apply(ErasureSearchPaused e) => this with { Scan = e.State };

    /// <summary>Nothing in clear.</summary>
    public PersonErasure Apply(ErasureSearched e) => this with
    {
        Searched = e,
        IsSearched = true,
        OfSearches = e.LookedFor is { Subject: var ofSearch } ? [.. OfSearches, ofSearch] : OfSearches,
        Scan = ScanState.Begin,
    };

    /// <summary>Begins the search anew.</summary>
    public PersonErasure Apply(ErasureStopped _) => this with { Scan = ScanState.Begin };

    /// <summary>Begins the search anew.</summary>
    public PersonErasure Apply(ErasurePlaceAccepted e) => this with { Accepted = [.. Accepted, e.Place], Scan = ScanState.Begin };

    /// <summary>Now it is looked for once more.</summary>
    public PersonErasure Apply(ErasureKeysDestroyed e) => this with { Destroyed = e, Scan = ScanState.Begin };

    /// <summary>Now it is to be proven.</summary>
    public PersonErasure Apply(ErasureSearchedAgain e) => this with { SearchedAgain = e, Scan = ScanState.Begin };

    /// <summary>It goes on.</summary>
    public PersonErasure Apply(ErasureHoldEnded _) => this with { IsHoldEnded = true };

    /// <summary>It waits.</summary>
    public PersonErasure Apply(ErasureUnchanged _) => this with { IsHoldEnded = false, Scan = ScanState.Begin };

    /// <summary>What is held back is searched for and destroyed when its time comes.</summary>
    public PersonErasure Apply(PersonalDataShredded e) => this with
    {
        Proven = e,
        IsSearched = false,
        IsHoldEnded = false,
        Destroyed = null,
        SearchedAgain = null,
        Scan = ScanState.Begin,
    };

    /// <summary>The person's, and the numbers under which the texts were sealed that were looked for.</summary>
    internal IReadOnlyList<Guid> AllSubjects => [.. Subjects ?? [], .. OfSearches];

    internal async Task<IReadOnlyList<GroupState>> StandingAsync(Vault vault, CancellationToken cancellationToken)
    {
        var standing = new List<GroupState>();
        foreach (var subject in AllSubjects) standing.AddRange(await vault.StateAsync(subject, cancellationToken));
        return standing;
    }
}
