using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>A refused request is answered with a problem and noted, without its token (OWASP ASVS 16.3.2).</summary>
internal sealed partial class AccessAnswers(ILogger<AccessAnswers> logger) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var reason = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<AccessRefused>().FirstOrDefault();
        if (reason is null) return usual.HandleAsync(next, context, policy, authorizeResult);
        LogRefused(context.GetEndpoint()?.DisplayName, reason.Refusal.Code);
        if (reason.Refusal.Status == StatusCodes.Status403Forbidden)
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
        return Problems.From(reason.Refusal).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint} refused: {Code}")]
    private partial void LogRefused(string? endpoint, string code);
}
