using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Privacy.Policy.Reviews;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.DataMap;

/// <summary>The record of processing, for people as a page, for programs as JSON. Public: it names no person, and who trusts us
/// with data may know what becomes of it.</summary>
internal static class ReadProcessingRecord
{
    private static async Task<IResult> Handle(
        RecordTerms terms,
        Measures measures,
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
        var record = MakeRecord.Of(
            terms,
            inForce.Version,
            policy.PurposesOf(inForce.Version),
            DataMapView.Of(await reader.LatestAsync<Map>(Map.StreamId, cancellationToken)),
            measures.View(controls, runs),
            await reader.LatestAsync<ReviewLog>(ReviewLog.StreamId, cancellationToken));
        response.Headers.Vary = "Accept";
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? ProcessingRecordPage.Of(record, response)
            : Results.Ok(record);
    }

    public static void MapTo(RouteGroupBuilder privacy) => privacy.MapGet("/processing-record", Handle)
        .WithName("ReadProcessingRecord")
        .Allow(Access.Anyone)
        .WithSummary("The record of processing activities (GDPR Art. 30), made of what the running services declare.")
        .Produces<ProcessingRecord>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
