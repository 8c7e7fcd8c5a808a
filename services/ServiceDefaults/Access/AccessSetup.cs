using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Nobody gets in where they do not belong: the service trusts tokens, not the network.</summary>
internal static class AccessSetup
{
    public static void Add(WebApplicationBuilder builder, string? audience)
    {
        TokenValidation.Add(builder, audience);
        builder.Services.AddAuthorization();
        builder.Services.AddScoped<Caller>();
        builder.Services.AddScoped<IAuthorizationHandler, AccessHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
    }

    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
