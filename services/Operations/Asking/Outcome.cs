using System.Text.Json;

namespace EPerfect.Operations.Asking;

/// <summary>What came of having a service do something.</summary>
/// <param name="Service">Which.</param>
/// <param name="Status">The status of its answer; null if none came in time.</param>
/// <param name="Body">Its answer, as it is.</param>
internal sealed record Outcome(string Service, int? Status, string Body)
{
    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>The service's own answer, also where it refuses.</summary>
    public IResult ToResult() => Status switch
    {
        null or >= 500 => new MissingPart(new(Service, "no-answer")),
        204 => Results.NoContent(),
        _ => Results.Content(
            Body, IsDone ? "application/json; charset=utf-8" : "application/problem+json", statusCode: Status),
    };

    /// <summary>For a person: why it was not done.</summary>
    public string Problem => Status is null or >= 500 ? $"The {Service} service does not answer at the moment. Try again."
        : DetailOf(Body) ?? $"The {Service} service refused it ({Status}).";

    private static string? DetailOf(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
