using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace EPerfect.Accounts.Pages;

/// <summary>While the database or the key store is away, a person at a browser is told so on a page; programs get the
/// problem that comes after this.</summary>
internal sealed class AwayPage : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!Outages.Is(exception) || !IsBrowser(httpContext.Request) || httpContext.RequestAborted.IsCancellationRequested)
            return false;
        httpContext.Response.Headers.RetryAfter = "5";
        httpContext.RequestServices.GetRequiredService<PageRules>().SetHeaders(httpContext.Response.Headers);
        await Trouble.Away.Answer(StatusCodes.Status503ServiceUnavailable).ExecuteResultAsync(
            new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor()));
        return true;
    }

    /// <summary>Goes from page to page: the pages, and where clients send people.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(one => one.MediaType == "text/html")
        && (request.Path.StartsWithSegments("/identity", StringComparison.Ordinal)
            || request.Path.StartsWithSegments("/connect", StringComparison.Ordinal));
}
