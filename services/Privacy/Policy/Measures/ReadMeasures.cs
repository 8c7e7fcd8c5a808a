using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy.Measures;

/// <summary>How data is kept safe, each measure with the checks that prove it.</summary>
internal static class ReadMeasures
{
    private static async Task<IResult> Handle(
        Measures measures, Controls controls, Reader reader, CancellationToken cancellationToken) => Results.Ok(
            measures.View(controls, await reader.LatestAsync<CheckRuns>(CheckRuns.StreamId, cancellationToken)));

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/measures", Handle)
        .WithName("ReadMeasures")
        .Allow(Access.Anyone)
        .WithSummary("The security measures (GDPR Art. 32); one whose check failed or is absent is unproven.")
        .Produces<IReadOnlyList<MeasureView>>();
}
