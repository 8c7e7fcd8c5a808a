using System.Text.Json;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>The last resort: every exception becomes a problem. What a client sent is never a 500, an outage never a
/// loss.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        var refusal = Of(exception);
        if (refusal.Status == 503) httpContext.Response.Headers.RetryAfter = "5";
        if (refusal.Status >= 500) LogFailed(exception, httpContext.GetEndpoint()?.DisplayName, refusal.Code);
        await Problems.From(refusal).ExecuteAsync(httpContext);
        return true;
    }

    private static Refusal Of(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException bad => Problems.ForStatus(bad.StatusCode),
        JsonException json => Malformed(json),
        RefusedException refused => refused.Refusal,
        SubjectErasedException => new(410, "erased", "The data of this person was erased."),
        _ when Conflicts.Is(exception) => new(409, "concurrent-change",
            "It was changed at the same time. Read it and try again."),
        _ when Outages.Is(exception) => Problems.ForStatus(503),
        _ => Problems.ForStatus(500),
    };

    /// <summary>Names where and what kind, never the value: it may be personal.</summary>
    private static Refusal Malformed(JsonException exception)
    {
        var pointer = exception.Path is { Length: > 1 } path ? path[1..].Replace('.', '/') : null;
        var unknown = exception.Message.Contains("could not be mapped", StringComparison.Ordinal);
        return unknown
            ? new(400, "unknown-field", "Only the fields of the description are taken: nothing is collected silently.", pointer)
            : new(400, "malformed-request", "The body is not JSON of the described form.", pointer);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} answers {Code}")]
    private partial void LogFailed(Exception exception, string? endpoint, string code);
}
