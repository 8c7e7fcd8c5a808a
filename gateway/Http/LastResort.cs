using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;

namespace EPerfect.Gateway;

/// <summary>
/// A fault of the gateway itself is a problem document too, and is logged with its trace. Without the provider's keys
/// nobody gets in, and hears that it is not for him to mend.
/// </summary>
internal static class LastResort
{
    public static void Use(WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = context => Answer(context).ExecuteAsync(context),
        // One line of the log a request would bury the cause, which the first one tells.
        SuppressDiagnosticsCallback = context => context.Exception is IdentityUnavailableException,
    });

    private static IResult Answer(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error is IdentityUnavailableException
            ? GatewayProblems.Unavailable("accounts")
            : GatewayProblems.Internal;
}
