using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Privacy.Policy.Reviews;
using static EPerfect.Privacy.Policy.HtmlPage;

namespace EPerfect.Privacy.DataMap;

/// <summary>The record of processing as a page to read.</summary>
internal static class ProcessingRecordPage
{
    public static IResult Of(ProcessingRecord record, HttpResponse response) => HtmlPage.Of(
        "Record of processing activities",
        $"""
        <p>Controller: {Encode(record.Controller)}, {Encode(record.Contact)}. Privacy officer: {Encode(record.PrivacyOfficer)}.
        Purposes are those of version {record.PolicyVersion} of the privacy policy; data and periods are what the running
        services declare.{NotHeardOf(record.NotHeardOf)}</p>
        {string.Join('\n', record.Activities.Select(Section))}
        <h2 id="measures">Security measures</h2>
        <ul>
        {string.Join('\n', record.Measures.Select(Item))}
        </ul>
        """,
        response);

    private static string Item(MeasureView one) =>
        $"<li>{Encode(one.Text)}: {one.State.ToString().ToLowerInvariant()}</li>";

    private static string NotHeardOf(IReadOnlyList<string> services) =>
        services.Count == 0 ? "" : $" Not heard of yet: {Encode(string.Join(", ", services))}.";

    private static string Section(Processing one) => $"""
        <h2 id="{Encode(one.Purpose)}">{Encode(one.Purpose)}</h2>
        <p>{Encode(one.Description)} Basis: {Encode(one.Basis)}. Transfers: {Encode(one.Transfers)}.{Review(one.Review)}</p>
        <p>Whose data:</p>{List(one.Persons)}
        <p>Recipients:</p>{List(one.Recipients.Count == 0 ? ["none"] : one.Recipients)}
        <table>
        <thead><tr><th scope="col">Data</th><th scope="col">Held by</th><th scope="col">Categories</th>
        <th scope="col">Ground</th><th scope="col">Kept</th></tr></thead>
        <tbody>
        {string.Join('\n', one.Data.Select(Row))}
        </tbody>
        </table>
        """;

    private static string Row(ProcessedData one) => $"""
        <tr><th scope="row">{Encode(one.Alias)}</th><td>{Encode(one.Service)}</td>
        <td>{Encode(string.Join(", ", one.Categories))}</td><td>{Encode(one.LegalBasis)}</td><td>{Encode(one.Retention)}</td></tr>
        """;

    private static string Review(ReviewView? review) => review switch
    {
        null => "",
        { Overdue: true } => $" <strong>Its review is overdue since {Encode(review.ReviewBy.ToString("O", null))}.</strong>",
        _ => $" To be reviewed by {Encode(review.ReviewBy.ToString("O", null))}.",
    };
}
