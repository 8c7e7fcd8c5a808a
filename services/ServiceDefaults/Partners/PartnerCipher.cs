using System.Text.Json;
using EPerfect.Contracts.Privacy;
using Jose;

namespace EPerfect.ServiceDefaults;

/// <summary>Encrypts a value of a person for a partner: only who has the partner's secret key reads it.</summary>
public static class PartnerCipher
{
    private const string KeyId = "kid";

    /// <summary>Encrypts a value.</summary>
    /// <param name="value">Written as JSON.</param>
    /// <param name="key">The partner's key.</param>
    /// <returns>A compact JWE, of other bytes each time.</returns>
    public static string Encrypt(object value, PartnerEncryptionKey key) => BoundJwe.Encrypt(
        JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web),
        new Jwk(crv: key.Crv, x: key.X, y: key.Y),
        (KeyId, key.Kid));

    /// <summary>The key that it was encrypted for.</summary>
    /// <param name="jwe">What <see cref="Encrypt"/> gave.</param>
    public static string KeyIdOf(string jwe) => BoundJwe.Header(jwe, KeyId);
}
