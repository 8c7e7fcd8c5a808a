using System.Globalization;
using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EPerfect.Accounts.OpenId;

/// <summary>Adds the OpenID provider: code with PKCE for people, client credentials for programs, nothing else.</summary>
internal static class OpenIdSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<IdentityDatabase>().ReplaceDefaultEntities<Guid>();
                core.ReplaceApplicationManager<
                    OpenIddictEntityFrameworkCoreApplication<Guid>, ClientSecretsWithOverlap>();
                core.ReplaceTokenManager<OpenIddictEntityFrameworkCoreToken<Guid>, TokensRedeemedOnce>();
            })
            .AddServer(Configure);
        services.AddOptions<OpenIddictServerOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.Issuer = Issuer.Of(configuration);
            // OpenIddict offers `plain` too.
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(OpenIddictConstants.CodeChallengeMethods.Sha256);
            options.ResponseModes.Clear();
            options.ResponseModes.Add(OpenIddictConstants.ResponseModes.Query);
        });
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IConfiguration>((options, configuration) =>
            options.DisableTransportSecurityRequirement = !Issuer.IsSecure(configuration));
        services.AddScoped<ClientSecretsWithOverlap>();
        services.AddScoped<TokenClaims>();
        AddKeys(services);

        services.AddSingleton<IStartupFilter, IssuerAddress>();
        services.AddHostedService<ConfiguredClients>();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<TimeProvider>(NoteTime);
        // Its notes on each request quote the parameters, and a login hint is an address.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server
            .SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetRevocationEndpointUris("connect/revocation")
            .SetEndSessionEndpointUris("connect/endsession")
            .SetUserInfoEndpointUris("connect/userinfo");
        server
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
            .AllowRefreshTokenFlow()
            .AllowClientCredentialsFlow()
            .RegisterScopes([.. Scopes.All]);
        server
            .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1))
            .SetAccessTokenLifetime(TimeSpan.FromMinutes(10))
            .SetIdentityTokenLifetime(TimeSpan.FromMinutes(10))
            // Counted from the sign-in: a refresh token is replaced at each use, its end stays.
            .SetRefreshTokenLifetime(TimeSpan.FromDays(30)).DisableSlidingRefreshTokenExpiration()
            // Two tabs may refresh at once. Later, a used token is a stolen one: all that stem from its sign-in end.
            .SetRefreshTokenReuseLeeway(TimeSpan.FromSeconds(30))
            .DisableAccessTokenEncryption();
        server
            .AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseScopedHandler<Authorize>())
            .AddEventHandler<HandleTokenRequestContext>(handler => handler.UseScopedHandler<Exchange>())
            .AddEventHandler<ApplyAuthorizationResponseContext>(handler =>
                handler.UseScopedHandler<TellTheClient>().SetOrder(TellTheClient.Order))
            .AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseScopedHandler<EndSession>());
        server.UseAspNetCore();
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<TokenKeyOptions>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(Keys);
        services.AddSingleton<IPostConfigureOptions<OpenIddictServerOptions>>(Keys);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(Keys);
        services.AddHostedService<TokenKeyRotation>();
        services.AddOptions<KeyManagementOptions>().Configure<Wrapping>((options, wrapping) =>
            options.XmlEncryptor = new WrappedKeyRing(wrapping));

        static TokenKeyOptions Keys(IServiceProvider provider) => provider.GetRequiredService<TokenKeyOptions>();
    }

    /// <summary>Renewing the cookie moves its own time, not this one.</summary>
    private static void NoteTime(CookieAuthenticationOptions options, TimeProvider time)
    {
        options.ExpireTimeSpan = SignIns.Longest;
        options.Events.OnSigningIn = context =>
        {
            context.Properties.Items.TryAdd(SignIns.At, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        };
    }
}
