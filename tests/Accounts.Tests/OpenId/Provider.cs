using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.OpenId;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>Accounts as the OpenID provider, reached past the gateway: what it says of itself is the issuer's
/// address.</summary>
public sealed class Provider : IAsyncDisposable
{
    public const string Issuer = "https://id.eperfect.example/";
    public const string Client = "frontend";
    public const string Redirect = "https://app.eperfect.example/callback";
    public const string Password = "a long pass phrase of canaries";

    private Provider(TestService running, TimeProvider clock)
    {
        (Running, Clock) = (running, clock);
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = running.Client.BaseAddress,
        };
    }

    public TestService Running { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Http { get; }

    public TimeProvider Clock { get; }

    public static async Task<Provider> StartAsync(
        PostgresServer postgres, TestDatabase? database = null, TimeProvider? clock = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var running = await TestService.StartAsync(
            AccountsModule.Define(), postgres, database: database, clock: clock, configure: builder =>
            {
                builder.Configuration["Identity:Issuer"] = Issuer;
                builder.Configuration["Identity:Clients:0:Id"] = Client;
                builder.Configuration["Identity:Clients:0:RedirectUris:0"] = Redirect;
                builder.Configuration["Identity:Clients:0:PostLogoutRedirectUris:0"] = "https://app.eperfect.example/";
                builder.Configuration["Identity:Clients:1:Id"] = "other";
                builder.Configuration["Identity:Clients:1:RedirectUris:0"] = "https://other.eperfect.example/callback";
                configure?.Invoke(builder);
            });
        return new Provider(running, clock ?? TimeProvider.System);
    }

    /// <summary>A login with a verified address.</summary>
    public async Task<Guid> NewLoginAsync()
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var (login, result) = await scope.ServiceProvider.GetRequiredService<Logins>()
            .CreateAsync(AccountsService.NewEmail(), Password, verified: true, default);
        result.Succeeded.ShouldBeTrue();
        return login.Id;
    }

    /// <summary>Does with a login what a page would.</summary>
    internal async Task WithLoginAsync(Guid login, Func<UserManager<Login>, Login, Task> change)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        await change(users, (await users.FindByIdAsync(login.ToString()))!);
    }

    /// <summary>The cookie that the sign-in page would have set.</summary>
    public async Task<string> SessionOfAsync(Guid login, params string[] methods)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var known = (await services.GetRequiredService<UserManager<Login>>().FindByIdAsync(login.ToString()))!;
        var principal = await services.GetRequiredService<IUserClaimsPrincipalFactory<Login>>().CreateAsync(known);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(Sessions.Id, Guid.NewGuid().ToString("N")));
        identity.AddClaims((methods.Length == 0 ? ["pwd"] : methods).Select(method => new Claim("amr", method)));
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties
        {
            IssuedUtc = Clock.GetUtcNow(), ExpiresUtc = Clock.GetUtcNow() + options.ExpireTimeSpan,
        };
        properties.Items[SignIns.At] = Clock.GetUtcNow().ToString("O");
        var ticket = new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>The published keys.</summary>
    public async Task<IReadOnlyList<JsonWebKey>> KeysAsync() =>
        [.. new JsonWebKeySet(await Http.GetStringAsync("/.well-known/jwks")).Keys];

    /// <summary>Reads a token as a service would, by the published keys.</summary>
    public async Task<TokenValidationResult> ValidateAsync(string token) =>
        await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = await KeysAsync(),
            ValidAudiences = TokenValidation.Audiences,
            LifetimeValidator = (_, ends, _, _) => ends > Clock.GetUtcNow().UtcDateTime,
        });

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => Http.PostAsync(
        path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<JsonObject> DiscoveryAsync() =>
        (await Http.GetFromJsonAsync<JsonObject>("/.well-known/openid-configuration"))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Running.DisposeAsync();
    }
}
