using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

internal sealed record CheckOutcome(string Check, bool Passed);

/// <summary>The test suite ran, and this is how the checks ended that hold sentences.</summary>
/// <param name="RanAt">When.</param>
/// <param name="Outcomes">How each ended.</param>
/// <param name="RecordedAt">When that was reported.</param>
/// <param name="Release">Of which list of checks: <see cref="Controls.Release"/>. Null before that was asked for.</param>
internal sealed record ChecksRan(
    DateTimeOffset RanAt,
    IReadOnlyList<CheckOutcome> Outcomes,
    DateTimeOffset RecordedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Release = null);

internal sealed record CheckResult(bool Passed, DateTimeOffset RanAt, DateTimeOffset? PassedAt, string? Release);

/// <summary>How each check ended when it last ran. Reports may come in any order and more than once.</summary>
internal sealed record CheckRuns : IOwned
{
    public static readonly Guid StreamId = OwnStreams.CheckRuns;

    public Guid Id { get; init; }

    Guid? IOwned.AccountId => null;

    public ImmutableDictionary<string, CheckResult> Results { get; init; } =
        ImmutableDictionary.Create<string, CheckResult>(StringComparer.Ordinal);

    public CheckRuns Apply(ChecksRan e) => this with
    {
        Results = Results.SetItems(e.Outcomes.Select(outcome =>
            KeyValuePair.Create(outcome.Check, After(Results.GetValueOrDefault(outcome.Check), outcome.Passed, e)))),
    };

    private static CheckResult After(CheckResult? known, bool passed, ChecksRan run)
    {
        var passedAt = passed && !(known?.PassedAt > run.RanAt) ? run.RanAt : known?.PassedAt;
        return known is null || known.RanAt <= run.RanAt
            ? new(passed, run.RanAt, passedAt, run.Release)
            : known with { PassedAt = passedAt };
    }
}
