using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Application = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication<System.Guid>;

namespace EPerfect.Accounts.OpenId;

/// <summary>A client whose secret is replaced keeps the one before it for a while, hashed as well: whoever runs several
/// instances replaces it in one after the other.</summary>
internal sealed class ClientSecretsWithOverlap(
    IOpenIddictApplicationCache<Application> cache,
    ILogger<OpenIddictApplicationManager<Application>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Application> store,
    TimeProvider time) : OpenIddictApplicationManager<Application>(cache, logger, options, store)
{
    private const string Before = "secret-before";

    /// <summary>Replaces the secret, once per rotation.</summary>
    /// <returns>False if this rotation has been carried out: the secret was shown.</returns>
    public async Task<bool> RotateAsync(
        Guid clientId, string secret, Guid rotation, DateTimeOffset oldGoodUntil, CancellationToken ct)
    {
        if (await FindByClientIdAsync(clientId.ToString("D"), ct) is not { } application) return false;
        if (BeforeOf(application)?.Rotation == rotation) return false;
        var before = new OldSecret(application.ClientSecret!, oldGoodUntil, rotation);
        application.Properties = JsonSerializer.Serialize(
            new Dictionary<string, OldSecret>(StringComparer.Ordinal) { [Before] = before });
        try
        {
            await UpdateAsync(application, secret, ct);
            return true;
        }
        catch (OpenIddictExceptions.ConcurrencyException)
        {
            // The same request, twice at once: the other one shows it.
            return false;
        }
    }

    public override async ValueTask<bool> ValidateClientSecretAsync(
        Application application, string secret, CancellationToken cancellationToken = default) =>
        await base.ValidateClientSecretAsync(application, secret, cancellationToken)
        || (BeforeOf(application) is { } before && time.GetUtcNow() < before.GoodUntil
            && await ValidateClientSecretAsync(secret, before.Hash, cancellationToken));

    private static OldSecret? BeforeOf(Application application) => application.Properties is { Length: > 0 } properties
        && JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(properties)!.TryGetValue(Before, out var before)
        ? before.Deserialize<OldSecret>()
        : null;

    private sealed record OldSecret(string Hash, DateTimeOffset GoodUntil, Guid Rotation);
}
