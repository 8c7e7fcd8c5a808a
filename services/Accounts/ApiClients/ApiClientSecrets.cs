using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using EPerfect.Accounts.Credentials;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.ApiClients;

/// <summary>The credentials of programs, kept by OpenIddict: hashed, and made once.</summary>
internal sealed class ApiClientSecrets(IOpenIddictApplicationManager applications)
{
    private const string Account = "account";

    /// <summary>Makes the secret.</summary>
    /// <returns>The secret; null if there is one already, which nobody can show again.</returns>
    public async Task<string?> MakeAsync(Guid accountId, ApiClient client, CancellationToken ct)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id.ToString("D"),
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.ClientCredentials,
            },
        };
        description.Permissions.UnionWith(client.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        description.Properties[Account] = JsonSerializer.SerializeToElement(accountId);
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

    public async Task<Guid?> AccountOfAsync(string clientId, CancellationToken ct) =>
        await applications.FindByClientIdAsync(clientId, ct) is { } application
        && (await applications.GetPropertiesAsync(application, ct)).TryGetValue(Account, out var account)
            ? account.GetGuid()
            : null;

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DestroyAsync(Guid clientId, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(clientId.ToString("D"), ct) is not { } application) return false;
        await applications.DeleteAsync(application, ct);
        return true;
    }
}
