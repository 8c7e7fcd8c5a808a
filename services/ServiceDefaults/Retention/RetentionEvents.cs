using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

/// <summary>A run of a retention rule has removed something. Says how much, and never whose.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Period">Its period, ISO 8601.</param>
/// <param name="Removed">How many entries, or keys, were removed.</param>
/// <param name="AppliedAt">When.</param>
public sealed record RetentionApplied(string Rule, string Period, int Removed, DateTimeOffset AppliedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "retention_applied";
}

/// <summary>What a rule has removed so far.</summary>
public sealed record RetentionHistory
{
    private static readonly Guid Space = Guid.Parse("0190f3a0-0000-7000-8000-0000000001a0");

    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>How often it removed something.</summary>
    public int Runs { get; init; }

    /// <summary>How much in all.</summary>
    public long Removed { get; init; }

    /// <summary>When it last did.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>One stream for each rule.</summary>
    /// <param name="rule">The rule's name.</param>
    public static Guid StreamOf(string rule) => DeterministicId.From(Space, rule);

    /// <summary>Counts.</summary>
    public RetentionHistory Apply(RetentionApplied e) => this with
    {
        Runs = Runs + 1,
        Removed = Removed + e.Removed,
        LastAt = e.AppliedAt,
    };
}

/// <summary>For rules that deadlines execute.</summary>
public static class RetentionTelling
{
    /// <summary>Tells, in the same transaction, what a rule has removed.</summary>
    /// <param name="work">The unit of work that notes the removal.</param>
    /// <param name="applied">The rule and the count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> TellAsync(
        this UnitOfWork work, RetentionApplied applied, CancellationToken cancellationToken) =>
        work.ChangeAsync<RetentionHistory>(
            RetentionHistory.StreamOf(applied.Rule), _ => Decision.Of(applied), cancellationToken);
}

[JsonSerializable(typeof(RetentionApplied))]
internal sealed partial class RetentionJson : JsonSerializerContext;
