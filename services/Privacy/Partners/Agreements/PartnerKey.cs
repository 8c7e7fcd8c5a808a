using System.Buffers.Text;
using System.Security.Cryptography;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>The public key that personal data is encrypted to: a JWK (RFC 7517) on P-256.</summary>
internal sealed record PartnerKey(string Kty, string Crv, string X, string Y, string? Kid = null)
{
    private const int LongestKeyId = 100;

    public static Refusal? WhyNot(PartnerKey? key) => key is null ? null
        : !key.HasName() ? NameInvalid
        : key.IsPoint() ? null
        : Invalid;

    /// <summary>As the services use it: with a name, its thumbprint (RFC 7638) if the partner gave it none.</summary>
    public PartnerEncryptionKey ToEncrypt() => new(
        Kty, Crv, X, Y, Kid ?? Base64Url.EncodeToString(PublicKey.Of(X, Y).ComputeJwkThumbprint()));

    /// <summary>It goes into the head of each JWE, and receivers look their key up by it.</summary>
    private bool HasName() => Kid is null || (Kid.Length is > 0 and <= LongestKeyId && Kid.All(c => c is >= '!' and <= '~'));

    private bool IsPoint()
    {
        if (Kty != "EC" || Crv != "P-256") return false;
        if (!Base64Url.IsValid(X, out var x) || !Base64Url.IsValid(Y, out var y) || x != 32 || y != 32) return false;
        try
        {
            // Refuses a point that is not on the curve.
            using var point = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static readonly Refusal Invalid = new(
        422, "partner-key-invalid", "A key is a public JWK: kty EC, crv P-256, and a point x, y on that curve.", "/key");

    private static readonly Refusal NameInvalid = new(
        422, "partner-key-invalid", "The `kid` of a key has 1 to 100 visible ASCII characters, or is left out.", "/key/kid");
}
