using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace EPerfect.Operations.Pages;

/// <summary>At a page, who is nobody is led to the sign-in, and who is no operator is told so on a page. Programs get the
/// problems that they get everywhere.</summary>
internal sealed class PageAnswers(IAuthorizationMiddlewareResultHandler programs) : IAuthorizationMiddlewareResultHandler
{
    /// <summary>Puts it before who answers programs.</summary>
    public static void Add(IServiceCollection services)
    {
        var programs = services.Last(one => one.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => new PageAnswers(
            (IAuthorizationMiddlewareResultHandler)ActivatorUtilities.CreateInstance(provider, programs.ImplementationType!)));
    }

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || !CookieTokens.IsPage(context))
        {
            await programs.HandleAsync(next, context, policy, authorizeResult);
        }
        else if (authorizeResult.Challenged)
        {
            // What was posted is not done: the page is shown again, to the same person or another.
            var here = HttpMethods.IsGet(context.Request.Method)
                ? $"{context.Request.Path}{context.Request.QueryString}"
                : "/operations";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect($"{SignIn.Path}?to={Uri.EscapeDataString(here)}");
        }
        else
        {
            await Trouble.NoOperator.WriteAsync(context, StatusCodes.Status403Forbidden);
        }
    }
}
