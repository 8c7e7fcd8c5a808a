using System.Security.Cryptography;
using EPerfect.PersonalData;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>What signs, sealed as secrets of the service.</summary>
internal sealed class WebhookSecrets(Vault vault)
{
    private const int Length = 32;

    /// <returns>A new one, sealed.</returns>
    public async Task<string> MakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        try
        {
            return await vault.SealSecretAsync(Place(id), key, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>The key. The caller overwrites it.</returns>
    public Task<byte[]> KeyOfAsync(WebhookSecret secret, CancellationToken cancellationToken) =>
        vault.OpenSecretAsync(Place(secret.Id), secret.Sealed, cancellationToken);

    /// <returns>As the receiver configures it.</returns>
    public async Task<string> ShowAsync(WebhookSecret secret, CancellationToken cancellationToken)
    {
        var key = await KeyOfAsync(secret, cancellationToken);
        try
        {
            return WebhookSignature.SecretPrefix + Convert.ToBase64String(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string Place(Guid id) => $"webhook-secret {id:N}";
}
