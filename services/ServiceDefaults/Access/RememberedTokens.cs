using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// A token is judged once, not with each request that carries it: a signature takes about 100 microseconds, a hash
/// two. What was found good counts until the token ends or the provider's keys change; what was not is judged anew.
/// </summary>
internal sealed class RememberedTokens : TokenHandler
{
    /// <summary>Some 30 MB. Only the provider's own tokens get in; past it, all are judged once more.</summary>
    private const int Most = 10_000;

    private const string Scheme = "Bearer ";

    private readonly JsonWebTokenHandler judge = new() { MapInboundClaims = false };
    private volatile Memory memory = new(null);

    /// <summary>Whose token the request carries, if it was found good before.</summary>
    public async ValueTask<ClaimsPrincipal?> RecallAsync(MessageReceivedContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var known = await MemoryAsync((BaseConfigurationManager)context.Options.ConfigurationManager!);
        return Find(known, NameOf(authorization[Scheme.Length..].Trim())) is { } good
            ? new ClaimsPrincipal(good.ClaimsIdentity)
            : null;
    }

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        var known = await MemoryAsync(validationParameters.ConfigurationManager);
        var name = NameOf(token);
        if (Find(known, name) is { } good) return good;
        var result = await judge.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid) return result;
        if (known.Good.Count >= Most) known.Good.Clear();
        known.Good[name] = result;
        return result;
    }

    /// <summary>With the keys goes all that was found good by them.</summary>
    private async ValueTask<Memory> MemoryAsync(BaseConfigurationManager keys)
    {
        var current = await keys.GetBaseConfigurationAsync(CancellationToken.None);
        var known = memory;
        return ReferenceEquals(known.Keys, current) ? known : memory = new Memory(current);
    }

    // The judge reads this clock too.
    private static TokenValidationResult? Find(Memory known, string name) =>
        known.Good.TryGetValue(name, out var good)
        && TimeProvider.System.GetUtcNow().UtcDateTime < good.SecurityToken.ValidTo ? good : null;

    private static string NameOf(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Memory(BaseConfiguration? Keys)
    {
        public ConcurrentDictionary<string, TokenValidationResult> Good { get; } = new(StringComparer.Ordinal);
    }
}
