using System.Text;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Policy.Reviews;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

/// <summary>How the policy in force is held, sentence by sentence; for people as a page, for programs as JSON.</summary>
internal static class ReadCoverage
{
    private static async Task<IResult> Handle(
        Wording wording,
        Controls controls,
        Reader reader,
        TimeProvider time,
        HttpRequest request,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var policy = await reader.LatestAsync<Document>(
            DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), cancellationToken);
        if (policy?.InForce(time.GetUtcNow()) is not { } inForce) return Problems.From(Refusals.NotFound("policy"));
        var runs = await reader.LatestAsync<CheckRuns>(CheckRuns.StreamId, cancellationToken);
        var coverage = Coverage.Of(
            Encoding.UTF8.GetString(inForce.Content), wording, controls, runs, inForce.Version,
            await reader.LatestAsync<ReviewLog>(ReviewLog.StreamId, cancellationToken));
        response.Headers.Vary = "Accept";
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? CoveragePage.Of(coverage, response)
            : Results.Ok(coverage);
    }

    public static void Map(RouteGroupBuilder policy) => policy.MapGet("/coverage", Handle)
        .WithName("ReadPolicyCoverage")
        .Allow(Access.Anyone)
        .WithSummary("Which sentence of the policy in force is held by which check, and when it last passed.")
        .Produces<CoverageView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
