using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace EPerfect.Gateway;

/// <summary>
/// A token that is sent is judged, on public addresses too, and one is asked for where nothing public can lie behind.
/// What it opens is for the service to say, which judges it again.
/// </summary>
internal static partial class Tokens
{
    public static void Add(WebApplicationBuilder builder)
    {
        TokenValidation.Add(builder, audience: null);
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, Adapt);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void Use(WebApplication app)
    {
        app.UseAuthentication();
        app.Use(RefuseBadAsync);
    }

    private static void Adapt(JwtBearerOptions options)
    {
        var usual = options.Events.OnMessageReceived;
        options.Events.OnMessageReceived = context =>
        {
            if (!context.HttpContext.IsProvider()) return usual(context);
            context.NoResult();
            return Task.CompletedTask;
        };
        options.Events.OnChallenge = AnswerAsync;
    }

    private static async Task RefuseBadAsync(HttpContext context, RequestDelegate next)
    {
        // Asking again costs nothing but what it says: the answer is kept with the request.
        if (context.Request.Headers.Authorization.Count > 0
            && context.User.Identity?.IsAuthenticated != true
            && (await context.AuthenticateAsync()).Failure is not null)
            await context.ChallengeAsync();
        else
            await next(context);
    }

    /// <summary>RFC 6750: what is wrong with the token, and nothing but the scheme when none was sent.</summary>
    private static Task AnswerAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var why = context.AuthenticateFailure is null ? "no token" : context.AuthenticateFailure.GetType().Name;
        LogRefused(context.HttpContext.RequestServices.GetRequiredService<ILogger<JwtBearerChallengeContext>>(), why);
        context.Response.Headers.WWWAuthenticate = context.Error is null
            ? JwtBearerDefaults.AuthenticationScheme
            : $"Bearer error=\"{context.Error}\", error_description=\"{context.ErrorDescription}\"";
        return GatewayProblems.Unauthenticated.ExecuteAsync(context.HttpContext);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A request was refused: {Why}")]
    private static partial void LogRefused(ILogger logger, string why);
}
