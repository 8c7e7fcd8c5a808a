using EPerfect.Privacy.Policy.Reviews;

namespace EPerfect.Privacy.Policy;

internal enum SentenceState
{
    /// <summary>Its checks passed when they last ran.</summary>
    Held,

    /// <summary>It has checks, and no report of one of them yet, in this release.</summary>
    Unproven,

    /// <summary>A check failed when it last ran.</summary>
    Failing,

    /// <summary>It is known what is missing before it is held. Checks may hold a part.</summary>
    Open,

    /// <summary>Its checks show that it is not what we do: the text is to be changed.</summary>
    Contradicted,

    /// <summary>Nothing holds it, or one of its claims.</summary>
    Unbound,
}

internal sealed record CoverageView(
    int? PolicyVersion, CoverageCounts Counts, IReadOnlyList<SentenceView> Sentences);

internal sealed record CoverageCounts(int Held, int Unproven, int Failing, int Open, int Contradicted, int Unbound);

internal sealed record SentenceView(
    string Id,
    SentenceState State,
    string Text,
    string? Remark,
    IReadOnlyList<CheckView> Checks,
    ReviewView? Review = null);

internal sealed record CheckView(string Check, bool? Passed, DateTimeOffset? LastRanAt, DateTimeOffset? LastPassedAt)
{
    public static IReadOnlyList<CheckView> Of(IReadOnlyList<string> checks, Controls controls, CheckRuns? runs) =>
    [
        .. checks.Select(check => runs?.Results.GetValueOrDefault(check) is { } result
            // How it ended in another release says nothing of this one.
            ? new CheckView(check, result.Release == controls.Release ? result.Passed : null, result.RanAt, result.PassedAt)
            : new CheckView(check, null, null, null)),
    ];
}

/// <summary>Which sentence of a text is held, by which check, and since when.</summary>
internal static class Coverage
{
    public static CoverageView Of(
        string text, Wording wording, Controls controls, CheckRuns? runs, int? version = null, ReviewLog? reviews = null)
    {
        SentenceView[] sentences =
        [
            .. wording.Split(text).Where(sentence => sentence.Id is not null)
                .GroupBy(sentence => sentence.Id!, StringComparer.Ordinal)
                .Select(spans => Show([.. spans], controls, runs, reviews)),
        ];
        var counts = sentences.CountBy(sentence => sentence.State).ToDictionary();
        int Count(SentenceState state) => counts.GetValueOrDefault(state);
        return new(
            version,
            new(
                Count(SentenceState.Held),
                Count(SentenceState.Unproven),
                Count(SentenceState.Failing),
                Count(SentenceState.Open),
                Count(SentenceState.Contradicted),
                Count(SentenceState.Unbound)),
            sentences);
    }

    private static SentenceView Show(
        IReadOnlyList<Sentence> spans, Controls controls, CheckRuns? runs, ReviewLog? reviews)
    {
        var sentence = spans[0];
        var checks = CheckView.Of(controls.Of(sentence.Id!), controls, runs);
        var missing = controls.Missing(sentence);
        return new(
            sentence.Id!,
            StateOf(sentence, checks, missing.Count > 0),
            string.Join(" / ", spans.Select(span => span.Text).Distinct(StringComparer.Ordinal)),
            missing.Count > 0 && sentence.Open is null
                ? $"No check holds: {string.Join(", ", missing)}."
                : sentence.Contradicted ?? sentence.Open,
            checks,
            reviews?.Of(sentence.Id!));
    }

    private static SentenceState StateOf(Sentence sentence, IReadOnlyList<CheckView> checks, bool lacksClaim) =>
        checks.Any(check => check.Passed == false) ? SentenceState.Failing
        : sentence.Open is not null ? SentenceState.Open
        : checks.Count == 0 || lacksClaim ? SentenceState.Unbound
        : sentence.Contradicted is not null ? SentenceState.Contradicted
        : checks.Any(check => check.Passed is null) ? SentenceState.Unproven
        : SentenceState.Held;
}
