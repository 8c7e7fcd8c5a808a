using System.Security.Cryptography;
using System.Text;
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
        IKeyEncryptionKeyProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        var id = Base64UrlEncoder.Encode(PublicKey.Of(x, y).ComputeJwkThumbprint());
        var secret = pair.ExportPkcs8PrivateKey();
        try
        {
            var epoch = provider.CurrentEpoch;
            var wrapped = await provider.WrapAsync(epoch, secret, Place(id), cancellationToken);
            return new SigningKeyMade(id, x, y, epoch, wrapped, now);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public static async Task<UnwrappedKey> OpenAsync(
        IKeyEncryptionKeyProvider provider, SigningKeyMade made, CancellationToken cancellationToken)
    {
        var secret = await provider.UnwrapAsync(made.Epoch, made.Wrapped, Place(made.KeyId), cancellationToken);
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(secret, out _);
        CryptographicOperations.ZeroMemory(secret);
        return new UnwrappedKey(made, pair);
    }

    private static byte[] Place(string keyId) => Encoding.UTF8.GetBytes($"privacy|signing-key|{keyId}");
}
