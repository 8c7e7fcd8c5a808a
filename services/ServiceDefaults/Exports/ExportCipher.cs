using System.Security.Cryptography;
using EPerfect.Contracts.Privacy;
using Jose;

namespace EPerfect.ServiceDefaults;

/// <summary>Encrypts the parts of an export to its one-time key.</summary>
public static class ExportCipher
{
    private const string Place = "place";

    /// <summary>Makes a key for one export.</summary>
    /// <returns>What everybody may know, and the secret number.</returns>
    public static (ExportKey Public, string Secret) NewKey()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var numbers = pair.ExportParameters(includePrivateParameters: true);
        var key = new ExportKey("EC", "P-256", Base64Url.Encode(numbers.Q.X!), Base64Url.Encode(numbers.Q.Y!));
        var secret = Base64Url.Encode(numbers.D!);
        CryptographicOperations.ZeroMemory(numbers.D);
        return (key, secret);
    }

    /// <summary>Encrypts a part.</summary>
    /// <param name="plain">The part.</param>
    /// <param name="key">The export's key.</param>
    /// <param name="place">Where it belongs: it opens only there. Not secret.</param>
    public static string Encrypt(byte[] plain, ExportKey key, string place) =>
        BoundJwe.Encrypt(plain, Jwk(key, secret: null), (Place, place));

    /// <summary>Opens a part.</summary>
    /// <param name="content">What <see cref="Encrypt"/> gave.</param>
    /// <param name="key">The export's key.</param>
    /// <param name="secret">Its secret number.</param>
    /// <param name="place">Where it belongs.</param>
    /// <exception cref="CryptographicException">It was altered, moved, or is for another key.</exception>
    public static byte[] Decrypt(string content, ExportKey key, string secret, string place) =>
        BoundJwe.Decrypt(content, Jwk(key, secret), Place, place);

    /// <summary>The place of a part.</summary>
    /// <param name="exportId">The export.</param>
    /// <param name="service">Whose part.</param>
    /// <param name="attempt">Which attempt.</param>
    /// <param name="number">Which one of it.</param>
    public static string PlaceOf(Guid exportId, string service, int attempt, int number) =>
        FormattableString.Invariant($"{exportId:D}/{service}/{attempt}/{number}");

    private static Jwk Jwk(ExportKey key, string? secret) => new(crv: key.Crv, x: key.X, y: key.Y, d: secret);
}
