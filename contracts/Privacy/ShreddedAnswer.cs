namespace EPerfect.Contracts.Privacy;

/// <summary>What every service says when it has erased a person.</summary>
public abstract record ShreddedAnswer
{
    /// <summary>The erasure that ordered it.</summary>
    public Guid ErasureId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The keys that were destroyed.</summary>
    public IReadOnlyList<ErasedGroup> Groups { get; init; } = [];

    /// <summary>What is kept for now, on what ground and until when.</summary>
    public IReadOnlyList<HeldBackGroup> HeldBack { get; init; } = [];

    /// <summary>The rows that were deleted.</summary>
    public IReadOnlyList<RemovedKind> Removed { get; init; } = [];

    /// <summary>What the search found.</summary>
    public StoreSearch Search { get; init; } = StoreSearch.None;

    /// <summary>Where something was found in clear that is not the person's.</summary>
    public IReadOnlyList<AcceptedInClear> Accepted { get; init; } = [];

    /// <summary>Whether no copy of the key store, such as a backup, opens what was destroyed.</summary>
    public bool UnreadableInCopies { get; init; }

    /// <summary>Since when, in UTC; or from when on at the latest; null if nobody can say.</summary>
    public DateTimeOffset? UnreadableInCopiesFrom { get; init; }

    /// <summary>When it was proven, in UTC.</summary>
    public DateTimeOffset ShreddedAt { get; init; }

    /// <summary>The version of the stream that this event made; the higher one counts.</summary>
    public long StreamVersion { get; init; }
}
