using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.Privacy.Policy;

/// <summary>The coverage as a page to read: no script, one style.</summary>
internal static class CoveragePage
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        :root { color-scheme: light dark; }
        th, td { text-align: left; vertical-align: top; padding: .5rem; border-top: 1px solid; }
        ul { margin: .5rem 0 0; padding-left: 1.2rem; }
        code { overflow-wrap: anywhere; }
        """;

    private static readonly string Csp =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult Of(CoverageView coverage, HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Csp;
        var counts = coverage.Counts;
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>How the privacy policy is held</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>How the privacy policy is held</h1>
            <p>Version {coverage.PolicyVersion} is in force. Of its {coverage.Sentences.Count} sentences and entries
            {counts.Held} are held, {counts.Unproven} have checks without a report yet, {counts.Failing} fail,
            {counts.Open} are open, {counts.Contradicted} are contradicted by what we do, {counts.Unbound} are unbound.</p>
            <table>
            <thead><tr><th scope="col">Id</th><th scope="col">State</th><th scope="col">Sentence and checks</th></tr></thead>
            <tbody>
            {string.Join('\n', coverage.Sentences.Select(Row))}
            </tbody>
            </table>
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }

    private static string Row(SentenceView sentence) => $"""
        <tr id="{Encode(sentence.Id)}"><th scope="row">{Encode(sentence.Id)}</th>
        <td>{sentence.State.ToString().ToLowerInvariant()}</td>
        <td>{Encode(sentence.Text)}{Remark(sentence)}{Checks(sentence.Checks)}</td></tr>
        """;

    private static string Remark(SentenceView sentence) =>
        sentence.Remark is { } remark ? $"<p><em>{Encode(remark)}</em></p>" : "";

    private static string Checks(IReadOnlyList<CheckView> checks) => checks.Count == 0 ? "" :
        $"<ul>{string.Concat(checks.Select(check => $"<li><code>{Encode(check.Check)}</code>: {Outcome(check)}</li>"))}</ul>";

    private static string Outcome(CheckView check) => check switch
    {
        { Passed: null } => "no report yet",
        { Passed: true } => $"passed {Time(check.LastPassedAt)}",
        { LastPassedAt: null } => $"failed {Time(check.LastRanAt)}",
        _ => $"failed {Time(check.LastRanAt)}, last passed {Time(check.LastPassedAt)}",
    };

    private static string Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
