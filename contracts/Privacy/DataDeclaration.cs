namespace EPerfect.Contracts.Privacy;

/// <summary>What personal data a running service holds and moves, on what terms. Every service says it when it differs from what
/// it said last; the data map and the record of processing (GDPR Art. 30) are made of it. Names no person.</summary>
public abstract record DataDeclaration
{
    /// <summary>SHA-256 over the rest, lower-case hex.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Each field of personal data.</summary>
    public IReadOnlyList<DeclaredDatum> Data { get; init; } = [];

    /// <summary>Each way in and out.</summary>
    public IReadOnlyList<DataMovement> Moves { get; init; } = [];

    /// <summary>The retention rules that are executed.</summary>
    public IReadOnlyList<ExecutedRule> Rules { get; init; } = [];

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset DeclaredAt { get; init; }

    /// <summary>The version of the stream that this event made; the higher one counts.</summary>
    public long StreamVersion { get; init; }
}
