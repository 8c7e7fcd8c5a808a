using System.Security.Cryptography;
using EPerfect.PersonalData;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Register.Keys;

/// <summary>Makes the keys for openings, and opens what was encrypted for one of them.</summary>
internal sealed class OpeningKeyRing(IDocumentStore store, Writer writer, Vault vault, TimeProvider time)
{
    private const string Actor = "privacy/opening-keys";

    /// <summary>Makes a new one when it is time.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (!OpeningKeys.NeedsNew(await StoredAsync(cancellationToken), time.GetUtcNow())) return;
        var made = await MakeAsync(cancellationToken);
        await writer.ChangeAsync<OpeningKeys>(
            OpeningKeys.StreamId, Actor, keys => OpeningKeys.Add(keys, made), cancellationToken);
    }

    /// <exception cref="CryptographicException">It was altered, is another opening's, or is for no key of ours.</exception>
    public async Task<OpeningDetails> OpenAsync(Guid openingId, string jwe, CancellationToken cancellationToken)
    {
        var id = OpeningCipher.KeyIdOf(jwe);
        var key = (await StoredAsync(cancellationToken))?.Of(id)
            ?? throw new CryptographicException($"Opening {openingId} is told for a key that is not ours.");
        var secret = await vault.OpenSecretAsync(Place(id), key.Secret, cancellationToken);
        try
        {
            return OpeningCipher.Decrypt(jwe, openingId, key.ToPublic(), Base64UrlEncoder.Encode(secret));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private async Task<OpeningKeyMade> MakeAsync(CancellationToken cancellationToken)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var numbers = pair.ExportParameters(includePrivateParameters: true);
        try
        {
            var (x, y) = (Base64UrlEncoder.Encode(numbers.Q.X), Base64UrlEncoder.Encode(numbers.Q.Y));
            var id = Base64UrlEncoder.Encode(PublicKey.Of(x, y).ComputeJwkThumbprint());
            var secret = await vault.SealSecretAsync(Place(id), numbers.D, cancellationToken);
            return new OpeningKeyMade(id, x, y, secret, time.GetUtcNow());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(numbers.D);
        }
    }

    private async Task<OpeningKeys?> StoredAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        return await session.Events.FetchLatest<OpeningKeys>(OpeningKeys.StreamId, cancellationToken);
    }

    private static string Place(string keyId) => $"opening-key/{keyId}";
}
