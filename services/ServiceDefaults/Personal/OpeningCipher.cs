using System.Security.Cryptography;
using System.Text.Json;
using Jose;

namespace EPerfect.ServiceDefaults;

/// <summary>Who opened whose data, and why, on its way to the register.</summary>
public static class OpeningCipher
{
    private const string Opening = "opening";
    private const string KeyId = "kid";

    /// <summary>Encrypts it for Privacy.</summary>
    /// <param name="details">Who, what and why.</param>
    /// <param name="openingId">The opening: it opens as part of no other. Not secret.</param>
    /// <param name="key">Privacy's key.</param>
    /// <returns>A compact JWE, of other bytes each time.</returns>
    public static string Encrypt(OpeningDetails details, Guid openingId, OpeningKeyLearned key) => BoundJwe.Encrypt(
        JsonSerializer.SerializeToUtf8Bytes(details, OpeningsJson.Default.OpeningDetails),
        Of(key, secret: null),
        (KeyId, key.KeyId),
        (Opening, openingId.ToString("D")));

    /// <summary>The key that it was encrypted for.</summary>
    /// <param name="jwe">What <see cref="Encrypt"/> gave.</param>
    /// <exception cref="CryptographicException">It is no such thing.</exception>
    public static string KeyIdOf(string jwe) => BoundJwe.Header(jwe, KeyId);

    /// <summary>Opens it.</summary>
    /// <param name="jwe">What <see cref="Encrypt"/> gave.</param>
    /// <param name="openingId">The opening that it came with.</param>
    /// <param name="key">The key that it names.</param>
    /// <param name="secret">The key's secret number, base64url.</param>
    /// <exception cref="CryptographicException">It was altered, or is another opening's or key's.</exception>
    public static OpeningDetails Decrypt(string jwe, Guid openingId, OpeningKeyLearned key, string secret)
    {
        var plain = BoundJwe.Decrypt(jwe, Of(key, secret), Opening, openingId.ToString("D"));
        try
        {
            return JsonSerializer.Deserialize(plain, OpeningsJson.Default.OpeningDetails)!;
        }
        catch (JsonException failure)
        {
            throw new CryptographicException($"The details of opening {openingId} cannot be read.", failure);
        }
    }

    private static Jwk Of(OpeningKeyLearned key, string? secret) => new(crv: "P-256", x: key.X, y: key.Y, d: secret);
}
