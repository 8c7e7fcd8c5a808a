using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EPerfect.Privacy.Signing;

/// <summary>
/// Signs what leaves the house as evidence: consent receipts, certificates, manifests, checkpoints. Who has the keys
/// of <see cref="ReadKeys"/> verifies it without us.
/// </summary>
internal sealed class Signer(IDocumentStore store, Writer writer, Vault vault, TimeProvider time) : IDisposable
{
    private const string Actor = "privacy/signer";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile UnwrappedKey? key;

    /// <summary>Signs a JSON object.</summary>
    /// <param name="json">The payload, kept byte for byte.</param>
    /// <param name="type">What it is, such as <c>consent-receipt+jwt</c>: nobody takes one kind for another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A compact JWS (RFC 7515), ES256.</returns>
    public async Task<string> SignAsync(string json, string type, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken);
        return Handler.CreateToken(
            json, current.Credentials, new Dictionary<string, object>(StringComparer.Ordinal) { ["typ"] = type });
    }

    public void Dispose()
    {
        key?.Dispose();
        turn.Dispose();
    }

    private async Task<UnwrappedKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (key is { } known && !NeedsNew(known.Made)) return known;
        await turn.WaitAsync(cancellationToken);
        try
        {
            return key is { } renewed && !NeedsNew(renewed.Made)
                ? renewed
                : key = await UnwrappedKey.OpenAsync(vault, await NewestAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SigningKeyMade> NewestAsync(CancellationToken cancellationToken)
    {
        if (await StoredAsync(cancellationToken) is { } stored && !NeedsNew(stored.Newest)) return stored.Newest;
        var made = await UnwrappedKey.MakeAsync(vault, time.GetUtcNow(), cancellationToken);
        await writer.ChangeAsync<SigningKeys>(
            SigningKeys.StreamId, Actor, keys => SigningKeys.Add(keys, made), cancellationToken);
        return (await StoredAsync(cancellationToken))!.Newest;
    }

    private bool NeedsNew(SigningKeyMade newest) => SigningKeys.NeedsNew(newest, time.GetUtcNow());

    private async Task<SigningKeys?> StoredAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        return await session.Events.FetchLatest<SigningKeys>(SigningKeys.StreamId, cancellationToken);
    }
}
