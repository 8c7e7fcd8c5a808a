using EPerfect.Privacy.Policy.Reviews;
using static EPerfect.Privacy.Policy.HtmlPage;

namespace EPerfect.Privacy.Policy;

/// <summary>The coverage as a page to read: no script, one style.</summary>
internal static class CoveragePage
{
    public static IResult Of(CoverageView coverage, HttpResponse response)
    {
        var counts = coverage.Counts;
        return HtmlPage.Of(
            "How the privacy policy is held",
            $"""
            <p>Version {coverage.PolicyVersion} is in force. Of its {coverage.Sentences.Count} sentences and entries
            {counts.Held} are held, {counts.Unproven} have checks without a report yet, {counts.Failing} fail,
            {counts.Open} are open, {counts.Contradicted} are contradicted by what we do, {counts.Unbound} are unbound;
            the review of {coverage.Sentences.Count(sentence => sentence.Review is { Overdue: true })} is overdue.</p>
            <table>
            <thead><tr><th scope="col">Id</th><th scope="col">State</th><th scope="col">Sentence and checks</th></tr></thead>
            <tbody>
            {string.Join('\n', coverage.Sentences.Select(Row))}
            </tbody>
            </table>
            """,
            response);
    }

    private static string Row(SentenceView sentence) => $"""
        <tr id="{Encode(sentence.Id)}"><th scope="row">{Encode(sentence.Id)}</th>
        <td>{sentence.State.ToString().ToLowerInvariant()}</td>
        <td>{Encode(sentence.Text)}{Remark(sentence)}{Review(sentence.Review)}{Checks(sentence.Checks)}</td></tr>
        """;

    private static string Remark(SentenceView sentence) =>
        sentence.Remark is { } remark ? $"<p><em>{Encode(remark)}</em></p>" : "";

    private static string Review(ReviewView? review) => review is { Overdue: true }
        ? $"<p><strong>Its review is overdue since {Encode(review.ReviewBy.ToString("O", null))}.</strong></p>"
        : "";

    private static string Checks(IReadOnlyList<CheckView> checks) => checks.Count == 0 ? "" :
        $"<ul>{string.Concat(checks.Select(check => $"<li><code>{Encode(check.Check)}</code>: {Outcome(check)}</li>"))}</ul>";

    private static string Outcome(CheckView check) => check switch
    {
        { Passed: null } => "no report yet",
        { Passed: true } => $"passed {Time(check.LastPassedAt)}",
        { LastPassedAt: null } => $"failed {Time(check.LastRanAt)}",
        _ => $"failed {Time(check.LastRanAt)}, last passed {Time(check.LastPassedAt)}",
    };
}
