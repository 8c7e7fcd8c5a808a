namespace EPerfect.Contracts.Privacy;

/// <summary>What every service says when it has restricted the processing of a person's data, or lifted that. It may say so
/// again, when the person has come to be known to it under a further id.</summary>
public abstract record RestrictionAnswer
{
    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Whether it is restricted now.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The version of the person's stream in Privacy that ordered it.</summary>
    public long PersonVersion { get; init; }

    /// <summary>When it was carried out, in UTC.</summary>
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>The version of the service's own stream that this event made.</summary>
    public long StreamVersion { get; init; }
}
