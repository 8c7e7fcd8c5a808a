using EPerfect.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Gateway;

/// <summary>The problems that the gateway answers by itself, in the form in which the services answer theirs.</summary>
internal static class GatewayProblems
{
    private const string RetryAfterSeconds = "5";

    public static IResult NoSuchAddress => Problems.From(new(404, "not-found", "There is nothing at this address."));

    public static IResult BodyTooLarge => Problems.From(
        new(413, "body-too-large", $"A request body holds at most {Limits.MostBodyBytes / 1024} KiB."));

    public static IResult HeadersTooLarge => Problems.From(new(
        431,
        "headers-too-large",
        $"A request has at most {Limits.MostHeaders} headers, {Limits.MostHeaderBytes / 1024} KiB together."));

    public static IResult MethodNotAllowed => new With(
        HeaderNames.Allow,
        string.Join(", ", Limits.Methods),
        Problems.From(new(405, "method-not-allowed", "No address here knows that method.")));

    public static IResult HttpsRequired => Problems.From(new(
        400, "https-required", "Only https is spoken here. What was sent in clear may have been read: change what was secret."));

    /// <summary>As the services say it.</summary>
    public static IResult Unauthenticated => Problems.From(
        new(401, "unauthenticated", "A valid access token is needed: Authorization: Bearer."));

    public static IResult Overloaded => RetryIn(
        "1", Problems.From(new(503, "overloaded", "More is being asked than can be answered. Try again in a moment.")));

    public static IResult Internal => Problems.From(
        new(500, "internal-error", "The gateway failed. The trace id names this failure."));

    /// <summary>The body did not arrive whole: too large, too slow or not well formed.</summary>
    public static IResult BadBody(BadHttpRequestException? cause) => cause?.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status408RequestTimeout => Problems.From(new(408, "body-too-slow", "The body came too slowly.")),
        _ => Problems.From(new(400, "malformed-request", "The body did not arrive whole.")),
    };

    public static IResult TooManyRequests(Balance over) => RetryIn(
        over.ResetSeconds.ToString(),
        Problems.From(new(
            429,
            "too-many-requests",
            $"At most {over.Quota.Requests} requests in {over.Quota.Seconds} seconds ({over.Class}).")));

    public static IResult Unavailable(string service) => RetryIn(RetryAfterSeconds, Problems.From(new(
        503,
        "unavailable",
        $"The {service} service does not answer at the moment. Try again; a POST with its Idempotency-Key.")));

    private static With RetryIn(string seconds, IResult problem) => new(HeaderNames.RetryAfter, seconds, problem);

    private sealed class With(string header, string value, IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[header] = value;
            return problem.ExecuteAsync(httpContext);
        }
    }
}
