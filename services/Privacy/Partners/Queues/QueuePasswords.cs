using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>What opens partners' queues, sealed as secrets of the service.</summary>
internal sealed class QueuePasswords(Vault vault)
{
    private const int Length = 32;

    /// <returns>A new one, sealed.</returns>
    public async Task<string> MakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var password = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length)));
        try
        {
            return await vault.SealSecretAsync(Place(id), password, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    /// <returns>As the broker and the partner know it.</returns>
    public async Task<string> ShowAsync(QueueAccessGiven access, CancellationToken cancellationToken)
    {
        var password = await vault.OpenSecretAsync(Place(access.AccessId), access.Secret, cancellationToken);
        try
        {
            return Encoding.ASCII.GetString(password);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private static string Place(Guid id) => $"queue-password {id:N}";
}
