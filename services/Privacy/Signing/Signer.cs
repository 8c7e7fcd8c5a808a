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

    /// <summary>So long an instance may go on with a key that another, or the command, has replaced.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile Believing? signing;

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
        signing?.Key.Dispose();
        turn.Dispose();
    }

    /// <summary>Makes a new key now. All instances sign with it within a minute.</summary>
    /// <returns>Its id; null if another made one at this moment.</returns>
    public async Task<string?> RotateAsync(CancellationToken cancellationToken)
    {
        var seen = (await StoredAsync(cancellationToken))?.Newest.KeyId;
        var made = await UnwrappedKey.MakeAsync(vault, time.GetUtcNow(), cancellationToken);
        var decision = await writer.ChangeAsync<SigningKeys>(
            SigningKeys.StreamId, Actor, keys => SigningKeys.Replace(keys, seen, made), cancellationToken);
        return decision.Events.Count > 0 ? made.KeyId : null;
    }

    private async Task<UnwrappedKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (signing is { } known && IsBelieved(known)) return known.Key;
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (signing is { } renewed && IsBelieved(renewed)) return renewed.Key;
            var (asked, newest) = (time.GetTimestamp(), await NewestAsync(cancellationToken));
            var key = signing is { } same && same.Key.Made.KeyId == newest.KeyId
                ? same.Key
                : await UnwrappedKey.OpenAsync(vault, newest, cancellationToken);
            signing = new Believing(key, asked);
            return key;
        }
        finally
        {
            turn.Release();
        }
    }

    private bool IsBelieved(Believing known) =>
        time.GetElapsedTime(known.Since) < Believed && !NeedsNew(known.Key.Made);

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

    private sealed record Believing(UnwrappedKey Key, long Since);
}
