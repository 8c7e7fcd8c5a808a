using System.Security.Cryptography;
using System.Text.Json;
using Jose;

namespace EPerfect.ServiceDefaults;

/// <summary>Who opened whose data, and why, on its way to the register: JWE (RFC 7516), ECDH-ES on P-256, A256GCM.</summary>
public static class OpeningCipher
{
    private const string Opening = "opening";

    /// <summary>Encrypts it for Privacy.</summary>
    /// <param name="details">Who, what and why.</param>
    /// <param name="openingId">The opening: it opens as part of no other. Not secret.</param>
    /// <param name="key">Privacy's key.</param>
    /// <returns>A compact JWE, of other bytes each time.</returns>
    public static string Encrypt(OpeningDetails details, Guid openingId, OpeningKeyLearned key) => JWE.EncryptBytes(
        JsonSerializer.SerializeToUtf8Bytes(details, OpeningsJson.Default.OpeningDetails),
        [new JweRecipient(JweAlgorithm.ECDH_ES, new Jwk(crv: "P-256", x: key.X, y: key.Y))],
        JweEncryption.A256GCM,
        mode: SerializationMode.Compact,
        extraProtectedHeaders: new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kid"] = key.KeyId,
            [Opening] = openingId.ToString("D"),
        });

    /// <summary>The key that it was encrypted for.</summary>
    /// <param name="jwe">What <see cref="Encrypt"/> gave.</param>
    /// <exception cref="CryptographicException">It is no such thing.</exception>
    public static string KeyIdOf(string jwe) => Header(jwe, "kid");

    /// <summary>Opens it.</summary>
    /// <param name="jwe">What <see cref="Encrypt"/> gave.</param>
    /// <param name="openingId">The opening that it came with.</param>
    /// <param name="key">The key that it names.</param>
    /// <param name="secret">The key's secret number, base64url.</param>
    /// <exception cref="CryptographicException">It was altered, or is another opening's or key's.</exception>
    public static OpeningDetails Decrypt(string jwe, Guid openingId, OpeningKeyLearned key, string secret)
    {
        if (Header(jwe, Opening) != openingId.ToString("D"))
            throw new CryptographicException($"The details of opening {openingId} are another one's.");
        try
        {
            var pair = new Jwk(crv: "P-256", x: key.X, y: key.Y, d: secret);
            var plain = JWE.Decrypt(jwe, pair, JweAlgorithm.ECDH_ES, JweEncryption.A256GCM).PlaintextBytes;
            return JsonSerializer.Deserialize(plain, OpeningsJson.Default.OpeningDetails)!;
        }
        catch (Exception failure) when (failure is JoseException or FormatException or ArgumentException or JsonException)
        {
            throw new CryptographicException($"The details of opening {openingId} do not open.", failure);
        }
    }

    private static string Header(string jwe, string name)
    {
        // The library does not look before it reads.
        if (jwe.Count(letter => letter == '.') != 4) throw new CryptographicException("The details of an opening are no JWE.");
        try
        {
            return JWT.Headers(jwe).TryGetValue(name, out var value) && value is string text
                ? text
                : throw new CryptographicException($"The details of an opening do not name their {name}.");
        }
        catch (Exception failure) when (failure is JoseException or FormatException or ArgumentException or JsonException)
        {
            throw new CryptographicException("The details of an opening are no JWE.", failure);
        }
    }
}
