using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EPerfect.Accounts.Pages;

/// <summary>What holds for every page: a strict content policy, no copy in any cache, nothing half made where nothing was
/// asked for, and words for a person when a form cannot be taken.</summary>
internal sealed class PageRules(IConfiguration configuration)
    : IAlwaysRunResultFilter, IResourceFilter, IPageFilter, IExceptionFilter
{
    // Browsers apply form-action to where the answer leads as well: signing in ends at the client that asked for it.
    private readonly string policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + $"form-action 'self' {string.Join(' ', ClientOrigins(configuration))}".TrimEnd();

    public void OnResourceExecuting(ResourceExecutingContext context) => SetHeaders(context.HttpContext.Response.Headers);

    public void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Links in mails hold tokens, which must not be told on.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "publickey-credentials-get=(self), publickey-credentials-create=(self)";
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        // Nothing is left to do.
    }

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // Nothing is to do before all is read.
    }

    /// <summary>A page without a handler would be shown without what the handler brings.</summary>
    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var method = context.HttpContext.Request.Method;
        if (context.HandlerMethod is not null || HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            || HttpMethods.IsOptions(method))
            return;
        context.HttpContext.Response.Headers.Allow = "GET, HEAD, OPTIONS, POST";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // Nothing is left to do.
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            context.Result = Trouble.OldForm.Answer(StatusCodes.Status400BadRequest);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
        // Nothing is left to do.
    }

    public void OnException(ExceptionContext context)
    {
        if (context.Exception is TooBusyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            context.Result = Trouble.Busy.Answer(StatusCodes.Status503ServiceUnavailable);
        }
        else if (Overtaken.Is(context.Exception))
        {
            context.Result = Trouble.SentTwice.Answer(StatusCodes.Status409Conflict);
        }

        context.ExceptionHandled = context.Result is not null;
    }

    private static IEnumerable<string> ClientOrigins(IConfiguration configuration) => configuration
        .GetSection("Identity:Clients").GetChildren()
        .SelectMany(client => client.AsEnumerable())
        .Select(setting => Uri.TryCreate(setting.Value, UriKind.Absolute, out var uri) ? uri : null)
        .Where(uri => uri?.Scheme is "http" or "https")
        .Select(uri => uri!.GetLeftPart(UriPartial.Authority))
        .Distinct();
}
