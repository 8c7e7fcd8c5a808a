using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>
/// Seals personal data under a key per subject and group, opens it, and erases it by destroying the key. One per
/// process; safe for concurrent use. Every member throws <see cref="VaultUnavailableException"/> while the key store
/// does not answer.
/// </summary>
/// <remarks>
/// Keys are cached for up to a minute. What another process destroyed or restricted is known here at the latest one
/// second after; until then it may still open.
/// </remarks>
public sealed partial class Vault : IDisposable
{
    private readonly VaultOptions options;
    private readonly Sql sql;
    private readonly EpochProof proof;
    private readonly KeyStore store;
    private readonly KeyCache cache;
    private readonly Freshness freshness;
    private readonly Shredder shredder;
    private readonly Holds holds;
    private readonly ITimer sweeper;

    /// <summary>Makes a vault. Connects only when used.</summary>
    /// <param name="options">Where the keys are.</param>
    public Vault(VaultOptions options)
    {
        this.options = options;
        sql = new Sql(options);
        proof = new EpochProof(options, sql);
        store = new KeyStore(options, sql, proof);
        cache = new KeyCache(options.Time);
        freshness = new Freshness(store, cache, options.Time);
        (shredder, holds) = (new Shredder(options, sql), new Holds(options, sql));
        sweeper = options.Time.CreateTimer(
            static cache => ((KeyCache)cache!).Sweep(), cache, KeyCache.Lifetime, KeyCache.Lifetime / 2);
    }

    /// <summary>How many subjects' keys are in memory.</summary>
    internal int Cached => cache.Count;

    /// <summary>
    /// Creates the tables, and the schema if the role may. Harmless when they exist, also from several processes at
    /// once.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    public Task CreateSchemaAsync(CancellationToken ct) =>
        KeyStoreSchema.CreateAsync(options.Source, options.Schema, ct);

    /// <summary>
    /// Whether the key store and the provider of key-encryption keys answer, and the store's keys were wrapped by these.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="TamperSuspectedException"> The key-encryption key is another one, for example a new key file.
    /// </exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        await store.GenerationAsync(ct);
        await options.KeyEncryptionKeys.RefreshAsync(ct);
        await proof.EnsureAsync(ct);
    }

    /// <summary>
    /// Seals a value. Seal a record of several fields, not each field: an envelope costs about 80 bytes.
    /// </summary>
    /// <typeparam name="T"> The personal data; written as JSON inside the envelope, so it may gain optional members
    /// later.
    /// </typeparam>
    /// <param name="subject">Whose data it is.</param>
    /// <param name="value">The data.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The sealed value.</returns>
    /// <exception cref="SubjectErasedException">The subject's group was erased.</exception>
    public async Task<Sealed<T>> SealAsync<T>(Guid subject, T value, CancellationToken ct)
        where T : IPersonalData
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfEqual(subject, Guid.Empty);
        var plain = Content.Write(value);
        try
        {
            var sealing = new Sealing(options.Schema, T.Declared.Alias);
            return new Sealed<T>(await WithKeyAsync(
                new KeyName(subject, T.Declared.Group),
                null,
                store.EnsureAsync,
                (name, key) => sealing.Seal(name, key!, plain),
                ct));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Opens a value.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="value">The sealed value.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The value, or why there is none.</returns>
    /// <exception cref="TamperSuspectedException">It was altered, moved, or sealed by another service.</exception>
    public Task<Opened<T>> OpenAsync<T>(Sealed<T> value, CancellationToken ct)
        where T : IPersonalData => OpenAsync(value, exception: null, ct);

    /// <summary>Opens a value, also while its processing is restricted, on a ground that the law excepts.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="value">The sealed value.</param>
    /// <param name="exception">The ground; null for none.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The value, or why there is none.</returns>
    /// <exception cref="TamperSuspectedException">It was altered, moved, or sealed by another service.</exception>
    public Task<Opened<T>> OpenAsync<T>(Sealed<T> value, RestrictionException? exception, CancellationToken ct)
        where T : IPersonalData
    {
        var envelope = value.Parts;
        var opening = new Opening<T>(options.Schema, envelope, exception);
        var name = new KeyName(envelope.Subject, envelope.Group);
        // Nearly always the key is at hand: then nothing is waited for.
        return !ct.IsCancellationRequested
            && freshness.IsKept
            && cache.Find(name, envelope.Version) is { } key
            && opening.TryOpen(key) is { } opened
                ? Task.FromResult(opened)
                : WithKeyAsync(name, envelope.Version, store.ReadAsync, (_, key) => opening.Open(key), ct);
    }

    /// <summary>Overwrites the cached keys.</summary>
    public void Dispose()
    {
        sweeper.Dispose();
        cache.Dispose();
    }

    // What is done with a key gives null if the key was let go meanwhile. One just fetched is let go only afterwards.
    private async Task<T> WithKeyAsync<T>(
        KeyName name,
        int? version,
        Func<KeyName, CancellationToken, Task<KeyRing>> fetch,
        Func<KeyName, DataKey?, T?> use,
        CancellationToken ct)
        where T : class
    {
        await freshness.EnsureAsync(ct);
        if (cache.Find(name, version) is { } cached && use(name, cached) is { } done)
        {
            return done;
        }

        var mark = cache.Mark;
        var ring = await fetch(name, ct);
        try
        {
            return use(name, ring.Find(version))!;
        }
        finally
        {
            cache.Put(name, ring, mark);
        }
    }
}
