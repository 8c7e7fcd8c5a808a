using System.Text;
using System.Text.Json.Nodes;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Testing;

/// <summary>Stands for Accounts as the OpenID provider: a server with discovery and keys, and tokens as the platform
/// issues them. What it signs is written by hand, so that a test may also ask for what no honest issuer would
/// sign.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    /// <summary>The audiences there are.</summary>
    public static IReadOnlyList<string> Services => TokenValidation.Audiences;

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private volatile SigningKey[] keys = [SigningKey.Create()];
    private int fetches;

    private TestIssuer(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Published(Discovery));
        app.MapGet("/.well-known/jwks", () => Published(KeySet));
    }

    /// <summary>The issuer's name, with a trailing slash: the setting Identity:Issuer of who trusts it.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>Whether discovery and keys can be had; otherwise they answer 503.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>The key that signs now.</summary>
    public SigningKey Key => keys[^1];

    /// <summary>How often discovery or keys were asked for.</summary>
    public int Fetches => fetches;

    /// <summary>Starts an issuer on a port of its own.</summary>
    /// <param name="clock">The time that its tokens name; null for the real one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TestIssuer> StartAsync(
        TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        var issuer = new TestIssuer(clock ?? TimeProvider.System);
        await issuer.app.StartAsync(cancellationToken);
        var addresses = issuer.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        issuer.Issuer = addresses.Addresses.Single() + "/";
        return issuer;
    }

    /// <summary>An access token as the platform issues it, for all services with all scopes unless said
    /// otherwise.</summary>
    /// <param name="subject">The login's id, or the client's for client credentials; null for a new login.</param>
    /// <param name="accounts">What the caller is to which account: "{accountId}:{role}".</param>
    /// <param name="staff">The staff roles.</param>
    /// <param name="audiences">The services that it is for; null for all.</param>
    /// <param name="scopes">The scopes; null for reading and writing with the audiences.</param>
    /// <param name="client">The client that asked for it.</param>
    /// <param name="expires">When it ends, from now on; null for ten minutes. Negative: it has ended.</param>
    /// <param name="header">Last changes to the token's header.</param>
    /// <param name="claims">Last changes to its claims.</param>
    /// <param name="signedBy">The key that signs; null for the issuer's own.</param>
    public string Token(
        string? subject = null,
        IEnumerable<string>? accounts = null,
        IEnumerable<string>? staff = null,
        IReadOnlyCollection<string>? audiences = null,
        IEnumerable<string>? scopes = null,
        string client = "test",
        TimeSpan? expires = null,
        Action<JsonObject>? header = null,
        Action<JsonObject>? claims = null,
        SigningKey? signedBy = null)
    {
        audiences ??= Services;
        var now = clock.GetUtcNow();
        var end = now + (expires ?? TimeSpan.FromMinutes(10));
        var body = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = subject ?? Guid.CreateVersion7().ToString("D"),
            ["client_id"] = client,
            ["aud"] = Texts(audiences),
            ["scope"] = string.Join(' ', scopes ?? audiences.SelectMany(to => new[] { $"{to}:read", $"{to}:write" })),
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = (end < now ? end.AddMinutes(-10) : now).ToUnixTimeSeconds(),
            ["exp"] = end.ToUnixTimeSeconds(),
            ["auth_time"] = now.ToUnixTimeSeconds(),
        };
        if (accounts is not null) body["accounts"] = Texts(accounts);
        if (staff is not null) body["staff"] = Texts(staff);
        claims?.Invoke(body);
        return (signedBy ?? Key).Sign(body, header);
    }

    /// <summary>The token of a person who owns an account.</summary>
    /// <param name="account">The account.</param>
    public string Owner(Guid account) => Token(accounts: [$"{account:D}:owner"]);

    /// <summary>Signs with a new key from now on. The old one stays published.</summary>
    public void Rotate() => keys = [.. keys, SigningKey.Create()];

    /// <summary>Publishes the newest key only: what an older one signed is good for nothing.</summary>
    public void ForgetOldKeys() => keys = [Key];

    /// <summary>Stops the server; tokens can still be signed.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static JsonArray Texts(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private IResult Published(Func<JsonObject> document)
    {
        Interlocked.Increment(ref fetches);
        return Answers
            ? Results.Content(document().ToJsonString(), "application/json", Encoding.UTF8)
            : Results.StatusCode(503);
    }

    private JsonObject KeySet() => new() { ["keys"] = new JsonArray([.. keys.Select(key => key.Public())]) };

    private JsonObject Discovery() => new()
    {
        ["issuer"] = Issuer,
        ["jwks_uri"] = Issuer + ".well-known/jwks",
        ["authorization_endpoint"] = Issuer + "connect/authorize",
        ["token_endpoint"] = Issuer + "connect/token",
        ["revocation_endpoint"] = Issuer + "connect/revocation",
        ["end_session_endpoint"] = Issuer + "connect/endsession",
        ["userinfo_endpoint"] = Issuer + "connect/userinfo",
        ["response_types_supported"] = Texts(["code"]),
        ["subject_types_supported"] = Texts(["public"]),
        ["id_token_signing_alg_values_supported"] = Texts(["RS256"]),
    };
}
