using System.Collections.Concurrent;
using System.Security.Cryptography;
using EPerfect.Accounts.Credentials;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Accounts.OpenId;

/// <summary>The keys of all instances, as this one last read them; makes the next when it is time.</summary>
internal sealed class TokenKeys(IServiceScopeFactory scopes, Wrapping wrapping, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, SecurityKey> unwrapped = new(StringComparer.Ordinal);
    private CancellationTokenSource changed = new();

    /// <summary>RSA keys, the one that signs first.</summary>
    public IReadOnlyList<SecurityKey> Signing { get; private set; } = [];

    /// <summary>AES keys, the one that encrypts first.</summary>
    public IReadOnlyList<SecurityKey> Encryption { get; private set; } = [];

    /// <summary>Ends when the keys, or their order, are others.</summary>
    public CancellationToken Changed => changed.Token;

    public void Dispose() => changed.Dispose();

    public async Task RefreshAsync(CancellationToken ct)
    {
        var signing = await CurrentAsync(TokenKeyUse.Signing, ct);
        var encryption = await CurrentAsync(TokenKeyUse.Encryption, ct);
        if (signing.SequenceEqual(Signing) && encryption.SequenceEqual(Encryption)) return;
        (Signing, Encryption) = (signing, encryption);
        using var old = Interlocked.Exchange(ref changed, new CancellationTokenSource());
        await old.CancelAsync();
    }

    private async Task<IReadOnlyList<SecurityKey>> CurrentAsync(TokenKeyUse use, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        var keys = await StoredAsync(database, use, ct);
        var now = time.GetUtcNow();
        if (TokenKeySchedule.Next(keys.LastOrDefault(), now) is { } usedFrom)
        {
            await TryMakeAsync(database, use, keys.Count == 0 ? 1 : keys[^1].Number + 1, usedFrom, ct);
            keys = await StoredAsync(database, use, ct);
        }

        foreach (var over in keys.Where((_, i) => TokenKeySchedule.IsOver(keys, i, now)))
            await database.TokenKeys.Where(key => key.Use == use && key.Number == over.Number).ExecuteDeleteAsync(ct);
        var current = TokenKeySchedule.Current(keys, now);
        return await Task.WhenAll(current.Select(key => UnwrapAsync(key, ct)));
    }

    private static Task<List<TokenKey>> StoredAsync(IdentityDatabase database, TokenKeyUse use, CancellationToken ct) =>
        database.TokenKeys.AsNoTracking().Where(key => key.Use == use).OrderBy(key => key.Number).ToListAsync(ct);

    /// <summary>Of several instances that make the same number, the first to store it has made it for all.</summary>
    private async Task TryMakeAsync(
        IdentityDatabase database, TokenKeyUse use, int number, DateTimeOffset usedFrom, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var secret = use == TokenKeyUse.Signing ? NewRsa() : RandomNumberGenerator.GetBytes(32);
        database.TokenKeys.Add(new TokenKey
        {
            Use = use,
            Number = number,
            KeyId = id,
            Wrapped = await wrapping.WrapAsync(Place(use, id), secret, ct),
            PublishedAt = now,
            UsedFrom = usedFrom,
        });
        CryptographicOperations.ZeroMemory(secret);
        try
        {
            await database.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (lost.InnerException is Npgsql.PostgresException { SqlState: "23505" })
        {
            database.ChangeTracker.Clear();
        }
    }

    private async Task<SecurityKey> UnwrapAsync(TokenKey key, CancellationToken ct)
    {
        if (unwrapped.TryGetValue(key.KeyId, out var known)) return known;
        var secret = await wrapping.UnwrapAsync(Place(key.Use, key.KeyId), key.Wrapped, ct);
        return unwrapped.GetOrAdd(key.KeyId, key.Use == TokenKeyUse.Signing
            ? new RsaSecurityKey(ReadRsa(secret)) { KeyId = key.KeyId }
            : new SymmetricSecurityKey(secret) { KeyId = key.KeyId });
    }

    private static byte[] NewRsa()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    }

    private static RSA ReadRsa(byte[] secret)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(secret, out _);
        CryptographicOperations.ZeroMemory(secret);
        return rsa;
    }

    private static string Place(TokenKeyUse use, string id) => $"token-key|{use}|{id}";
}
