using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Which tokens count: signed by the platform's own provider with RS256, of type <c>at+jwt</c> (RFC 9068), for this
/// audience, and not yet over. Settings: <c>Identity:Issuer</c>, and <c>Identity:Metadata</c> when the discovery
/// document is fetched from elsewhere than the issuer.
/// </summary>
public static class TokenValidation
{
    /// <summary>The audiences there are: the services.</summary>
    public static IReadOnlyList<string> Audiences { get; } = ["accounts", "orders", "domains", "privacy"];

    /// <summary>Adds it.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="audience">Whose tokens are taken; null for those of every service.</param>
    public static void Add(WebApplicationBuilder builder, string? audience)
    {
        var issuer = builder.Configuration["Identity:Issuer"]
            ?? throw new InvalidOperationException("Identity:Issuer is not set: whose tokens count?");
        var keys = new FirstKeys();
        var remembered = new RememberedTokens();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MetadataAddress = builder.Configuration["Identity:Metadata"]
                ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
            options.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            options.BackchannelTimeout = TimeSpan.FromSeconds(5);
            options.RefreshInterval = TimeSpan.FromSeconds(30);
            options.AutomaticRefreshInterval = TimeSpan.FromHours(1);
            options.SaveToken = false;
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(remembered);
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidAudiences = Audiences,
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                ClockSkew = TimeSpan.FromSeconds(10),
                NameClaimType = "sub",
            };
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = async context =>
                {
                    if (context.Request.Headers.Authorization.Count == 0) return;
                    await keys.HaveAsync(context);
                    if (await remembered.RecallAsync(context) is not { } caller) return;
                    if (!IsFor(audience, caller, context.HttpContext)) return;
                    context.Principal = caller;
                    context.Success();
                },
                OnTokenValidated = context =>
                {
                    if (!IsFor(audience, context.Principal!, context.HttpContext))
                        context.Fail("The token is for another audience.");
                    return Task.CompletedTask;
                },
            };
        });
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, ForgetWithdrawnKeys);
    }

    /// <summary>A key that the provider withdrew counts for nothing from then on; the library would go on trusting it for
    /// an hour.</summary>
    private static void ForgetWithdrawnKeys(JwtBearerOptions options) =>
        ((BaseConfigurationManager)options.ConfigurationManager!).UseLastKnownGoodConfiguration = false;

    private static bool IsFor(string? audience, ClaimsPrincipal caller, HttpContext http) =>
        audience is null
        || caller.HasClaim("aud", audience)
        || http.GetEndpoint()?.Metadata.GetMetadata<Access>()?.IsSignal == true;
}
