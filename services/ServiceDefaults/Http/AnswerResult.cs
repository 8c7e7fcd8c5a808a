using Microsoft.AspNetCore.Http;

namespace EPerfect.ServiceDefaults;

/// <summary>Sends an answer, the first time and each time it is repeated, byte for byte.</summary>
internal sealed class AnswerResult(Answer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.ETag is { } etag) response.Headers.ETag = etag;
        if (answer.Body is not { } body) return;
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(body, httpContext.RequestAborted);
    }
}
