using System.Security.Cryptography;
using System.Text.Json;
using Jose;

namespace EPerfect.ServiceDefaults;

/// <summary>For one reader alone: JWE (RFC 7516), ECDH-ES on P-256, A256GCM. Its header, which is no secret and cannot be
/// altered, says where it belongs: it opens only there.</summary>
internal static class BoundJwe
{
    /// <returns>Compact, and of other bytes each time.</returns>
    public static string Encrypt(byte[] plain, Jwk reader, params IEnumerable<(string Name, string Value)> header) =>
        JWE.EncryptBytes(
            plain,
            [new JweRecipient(JweAlgorithm.ECDH_ES, reader)],
            JweEncryption.A256GCM,
            mode: SerializationMode.Compact,
            extraProtectedHeaders: header.ToDictionary(one => one.Name, one => (object)one.Value, StringComparer.Ordinal));

    /// <exception cref="CryptographicException">It was altered, belongs elsewhere, or is for another key.</exception>
    public static byte[] Decrypt(string jwe, Jwk pair, string name, string value)
    {
        if (Header(jwe, name) != value) throw new CryptographicException($"It is of another {name} than {value}.");
        return Guarded($"of {name} {value}", () =>
            JWE.Decrypt(jwe, pair, JweAlgorithm.ECDH_ES, JweEncryption.A256GCM).PlaintextBytes);
    }

    /// <exception cref="CryptographicException">It is no JWE, or does not say so.</exception>
    public static string Header(string jwe, string name)
    {
        // The library does not look before it reads.
        if (jwe.Count(letter => letter == '.') != 4) throw new CryptographicException("It is no JWE.");
        return Guarded($"with a {name}", () => JWT.Headers(jwe).TryGetValue(name, out var value) ? value as string : null)
            ?? throw new CryptographicException($"It does not name its {name}.");
    }

    private static T Guarded<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is JoseException or FormatException or ArgumentException or JsonException)
        {
            throw new CryptographicException($"It is no JWE {what}, or for another key.", failure);
        }
    }
}
