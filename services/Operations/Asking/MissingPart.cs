using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Asking;

/// <summary>The one service that knows is away, or the token does not suffice there.</summary>
internal sealed class MissingPart(NotAnswered missing) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (missing.Why == "refused")
        {
            return Problems.From(new(403, "scope-missing", $"The token does not suffice for the {missing.Service} service."))
                .ExecuteAsync(httpContext);
        }

        httpContext.Response.Headers.RetryAfter = "5";
        return Problems.From(new(
            503, "unavailable", $"The {missing.Service} service does not answer at the moment. Try again."))
            .ExecuteAsync(httpContext);
    }
}
