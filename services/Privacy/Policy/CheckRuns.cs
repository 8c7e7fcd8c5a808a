using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

internal sealed record CheckOutcome(string Check, bool Passed);

/// <summary>The test suite ran, and this is how the checks ended that hold sentences.</summary>
internal sealed record ChecksRan(DateTimeOffset RanAt, IReadOnlyList<CheckOutcome> Outcomes, DateTimeOffset RecordedAt);

internal sealed record CheckResult(bool Passed, DateTimeOffset RanAt, DateTimeOffset? PassedAt);

/// <summary>How each check ended when it last ran. Reports may come in any order and more than once.</summary>
internal sealed record CheckRuns : IOwned
{
    public static readonly Guid StreamId = OwnStreams.At(0xfd);

    public Guid Id { get; init; }

    Guid? IOwned.AccountId => null;

    public ImmutableDictionary<string, CheckResult> Results { get; init; } =
        ImmutableDictionary.Create<string, CheckResult>(StringComparer.Ordinal);

    public CheckRuns Apply(ChecksRan e) => this with
    {
        Results = Results.SetItems(e.Outcomes.Select(outcome =>
            KeyValuePair.Create(outcome.Check, After(Results.GetValueOrDefault(outcome.Check), outcome.Passed, e.RanAt)))),
    };

    private static CheckResult After(CheckResult? known, bool passed, DateTimeOffset at)
    {
        var passedAt = passed && !(known?.PassedAt > at) ? at : known?.PassedAt;
        return known is null || known.RanAt <= at ? new(passed, at, passedAt) : known with { PassedAt = passedAt };
    }
}
