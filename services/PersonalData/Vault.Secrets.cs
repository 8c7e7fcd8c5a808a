using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <content>Secrets of the service itself, which say nothing about a person.</content>
public sealed partial class Vault
{
    private const string SecretFormat = "s1";

    /// <summary>
    /// Seals a secret of the service: a signing key, a shared secret. Its key is nobody's and is never erased; rotation
    /// wraps it anew like all others.
    /// </summary>
    /// <param name="place">Where it is kept: it opens only there.</param>
    /// <param name="secret">The secret; the caller overwrites it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns><c>s1.version.base64url</c></returns>
    public Task<string> SealSecretAsync(string place, ReadOnlyMemory<byte> secret, CancellationToken ct) =>
        WithKeyAsync(
            KeyName.Service,
            null,
            store.EnsureAsync,
            (_, key) => key!.TrySeal(secret.Span, SecretContext(place, key.Version), out var box)
                ? string.Create(CultureInfo.InvariantCulture, $"{SecretFormat}.{key.Version}.{Base64Url.EncodeToString(box)}")
                : null,
            ct);

    /// <summary>Opens a secret of the service.</summary>
    /// <param name="place">Where it is kept.</param>
    /// <param name="text">What <see cref="SealSecretAsync"/> gave.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The secret. The caller overwrites it with zeros after use.</returns>
    /// <exception cref="TamperSuspectedException">Altered, or moved from another place.</exception>
    public async Task<byte[]> OpenSecretAsync(string place, string text, CancellationToken ct)
    {
        if (text.Split('.') is not [SecretFormat, var versionText, var boxText]
            || !int.TryParse(versionText, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !Base64Url.IsValid(boxText, out var length)
            || length < Aead.Overhead)
        {
            throw new TamperSuspectedException("This is not a sealed secret.");
        }

        try
        {
            return await WithKeyAsync(
                KeyName.Service,
                version,
                store.ReadAsync,
                (_, key) =>
                {
                    var plain = new byte[length - Aead.Overhead];
                    var known = key ?? throw new TamperSuspectedException($"There never was a service's key {version}.");
                    return known.TryOpen(Base64Url.DecodeFromChars(boxText), SecretContext(place, version), plain)
                        ? plain
                        : null;
                },
                ct);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new TamperSuspectedException($"The secret at '{place}' was altered or is not in its place.", e);
        }
    }

    private byte[] SecretContext(string place, int version) =>
        Encoding.UTF8.GetBytes($"{SecretFormat}|{options.Schema}|{version}|{place}");
}
