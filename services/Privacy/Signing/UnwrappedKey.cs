using System.Security.Cryptography;
using EPerfect.PersonalData;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Signing;

/// <summary>The key that signs, unwrapped: in memory only.</summary>
internal sealed record UnwrappedKey(SigningKeyMade Made, ECDsa Secret) : IDisposable
{
    public SigningCredentials Credentials { get; } = new(
        new ECDsaSecurityKey(Secret) { KeyId = Made.KeyId, CryptoProviderFactory = new() { CacheSignatureProviders = false } },
        SecurityAlgorithms.EcdsaSha256);

    public void Dispose() => Secret.Dispose();

    public static async Task<SigningKeyMade> MakeAsync(
        Vault vault, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        var id = Base64UrlEncoder.Encode(PublicKey.Of(x, y).ComputeJwkThumbprint());
        var secret = pair.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKeyMade(id, x, y, await vault.SealSecretAsync(Place(id), secret, cancellationToken), now);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public static async Task<UnwrappedKey> OpenAsync(Vault vault, SigningKeyMade made, CancellationToken cancellationToken)
    {
        var secret = await vault.OpenSecretAsync(Place(made.KeyId), made.Secret!, cancellationToken);
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(secret, out _);
        CryptographicOperations.ZeroMemory(secret);
        return new UnwrappedKey(made, pair);
    }

    private static string Place(string keyId) => $"signing-key/{keyId}";
}
