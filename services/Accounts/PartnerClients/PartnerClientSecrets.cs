using System.Buffers.Text;
using System.Security.Cryptography;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.OpenId;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.PartnerClients;

/// <summary>The credentials of partners' programs, kept by OpenIddict: hashed, and shown once.</summary>
internal sealed class PartnerClientSecrets(ClientSecretsWithOverlap applications)
{
    /// <summary>Makes the first secret.</summary>
    /// <returns>The secret; null if there is one already, which nobody can show again.</returns>
    public async Task<string?> MakeAsync(Guid clientId, CancellationToken ct)
    {
        var secret = New();
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId.ToString("D"),
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.ClientCredentials,
                Permissions.Prefixes.Scope + OpenId.Scopes.PartnerFeed,
            },
        };
        if (await applications.FindByClientIdAsync(description.ClientId, ct) is not null) return null;
        try
        {
            await applications.CreateAsync(description, ct);
            return secret;
        }
        catch (Exception lost) when (lost is OpenIddictExceptions.ValidationException || Overtaken.Is(lost))
        {
            // The same request, twice at once: the other one shows it.
            return null;
        }
    }

    /// <summary>Makes the next one; the one before it is good until then.</summary>
    /// <returns>The secret; null if this rotation has shown it.</returns>
    public async Task<string?> RotateAsync(PartnerClient client, CancellationToken ct)
    {
        var secret = New();
        return await applications.RotateAsync(client.Id, secret, client.RotationId!.Value, client.OldGoodUntil!.Value, ct)
            ? secret
            : null;
    }

    public async Task DestroyAsync(Guid clientId, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(clientId.ToString("D"), ct) is { } application)
            await applications.DeleteAsync(application, ct);
    }

    private static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
