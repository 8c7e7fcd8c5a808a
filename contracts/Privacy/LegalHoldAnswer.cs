namespace EPerfect.Contracts.Privacy;

/// <summary>What every service says when it has placed a legal hold, or ended it. It may say so again, when the person has come
/// to be known to it under a further id.</summary>
public abstract record LegalHoldAnswer
{
    /// <summary>The hold.</summary>
    public Guid HoldId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Whether it holds now.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The version of the hold's stream in Privacy that ordered it.</summary>
    public long OrderVersion { get; init; }

    /// <summary>The groups for which it came too late: erased before, and not held.</summary>
    public IReadOnlyList<string> ErasedBefore { get; init; } = [];

    /// <summary>When it was carried out, in UTC.</summary>
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>The version of the service's own stream that this event made.</summary>
    public long StreamVersion { get; init; }
}
