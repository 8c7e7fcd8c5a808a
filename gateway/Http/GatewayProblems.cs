using EPerfect.ServiceDefaults;

namespace EPerfect.Gateway;

/// <summary>The problems that the gateway answers by itself, in the form in which the services answer theirs.</summary>
internal static class GatewayProblems
{
    private const string RetryAfterSeconds = "5";

    public static IResult NoSuchAddress => Problems.From(new(404, "not-found", "There is nothing at this address."));

    public static IResult BodyTooLarge => Problems.From(
        new(413, "body-too-large", $"A request body holds at most {Limits.MostBodyBytes / 1024} KiB."));

    public static IResult Internal => Problems.From(
        new(500, "internal-error", "The gateway failed. The trace id names this failure."));

    /// <summary>The body did not arrive whole: too large, too slow or not well formed.</summary>
    public static IResult BadBody(BadHttpRequestException? cause) => cause?.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status408RequestTimeout => Problems.From(new(408, "body-too-slow", "The body came too slowly.")),
        _ => Problems.From(new(400, "malformed-request", "The body did not arrive whole.")),
    };

    public static IResult Unavailable(string service) => new RetryLater(Problems.From(new(
        503,
        "unavailable",
        $"The {service} service does not answer at the moment. Try again; a POST with its Idempotency-Key.")));

    private sealed class RetryLater(IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return problem.ExecuteAsync(httpContext);
        }
    }
}
