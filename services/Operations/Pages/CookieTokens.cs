using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Operations.Pages;

/// <summary>On the pages, and nowhere else, a token may come in the cookie. It is put where all tokens come: whoever judges and
/// passes them on knows one place.</summary>
internal static class CookieTokens
{
    public static void Add(IServiceCollection services) => services.AddOptions<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme).PostConfigure<SignIn>((options, signIn) =>
        {
            var usual = options.Events.OnMessageReceived;
            options.Events.OnMessageReceived = context =>
            {
                var request = context.Request;
                if (IsPage(context.HttpContext) && signIn.TokenOf(request) is { } token)
                    request.Headers[HeaderNames.Authorization] = $"Bearer {token}";
                return usual(context);
            };
        });

    /// <summary>An API that took cookies could be called by any site's forms.</summary>
    public static bool IsPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null;
}
