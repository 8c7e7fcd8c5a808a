namespace EPerfect.Contracts.Privacy;

/// <summary>What every service says when something stands in the way of erasing a person.</summary>
public abstract record StoppedAnswer
{
    /// <summary>The erasure.</summary>
    public Guid ErasureId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Where.</summary>
    public IReadOnlyList<FoundInClear> Places { get; init; } = [];

    /// <summary>When it is tried again, in UTC.</summary>
    public DateTimeOffset RetryAt { get; init; }

    /// <summary>The version of the stream that this event made.</summary>
    public long StreamVersion { get; init; }
}
