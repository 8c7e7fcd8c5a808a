using System.Security.Cryptography;
using System.Text;

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
    private readonly KeyStore store;
    private readonly Shredder shredder;
    private readonly Holds holds;
    private readonly Standing standing;
    private readonly KeyCache cache;
    private readonly Freshness freshness;
    private readonly ITimer sweeper;

    /// <summary>Makes a vault. Connects only when used.</summary>
    /// <param name="options">Where the keys are.</param>
    public Vault(VaultOptions options)
    {
        this.options = options;
        var sql = new Sql(options);
        store = new KeyStore(options, sql);
        (shredder, holds, standing) = (new Shredder(options, sql), new Holds(options, sql), new Standing(options, sql));
        cache = new KeyCache(options.Time);
        freshness = new Freshness(store, cache, options.Time);
        sweeper = options.Time.CreateTimer(
            static cache => ((KeyCache)cache!).Sweep(), cache, KeyCache.Lifetime, KeyCache.Lifetime / 2);
    }

    /// <summary>
    /// Creates the tables, and the schema if the role may. Harmless when they exist, also from several processes at
    /// once.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    public Task CreateSchemaAsync(CancellationToken ct) =>
        KeyStoreSchema.CreateAsync(options.Source, options.Schema, ct);

    /// <summary>Whether the key store answers and its keys were wrapped by the key-encryption key at hand.</summary>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="TamperSuspectedException"> The key-encryption key is another one, for example a new key file.
    /// </exception>
    public Task CheckAsync(CancellationToken ct) => store.CheckAsync(ct);

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
        var (alias, group) = (T.Declared.Alias, T.Declared.Group);
        using var key = await KeyAsync(new KeyName(subject, group), ct);
        if (key.State == KeyState.Shredded)
        {
            throw new SubjectErasedException(subject, group);
        }

        var plain = Content.Write(value);
        try
        {
            var context = Envelope.Context(options.Schema, subject, group, key.Version, alias);
            var box = Aead.Seal(key.Secret, plain, Encoding.UTF8.GetBytes(context));
            return new Sealed<T>(new Envelope(group, key.Version, subject, box));
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
    public async Task<Opened<T>> OpenAsync<T>(Sealed<T> value, CancellationToken ct)
        where T : IPersonalData
    {
        var envelope = value.Parts;
        using var key = await FindAsync(new KeyName(envelope.Subject, envelope.Group), envelope.Version, ct)
            ?? throw new TamperSuspectedException(
                $"Subject {envelope.Subject} never had a key {envelope.Version} for its {envelope.Group} data.");
        return key.State switch
        {
            KeyState.Shredded => new Opened<T>.Erased(),
            KeyState.Restricted => new Opened<T>.Restricted(),
            _ => new Opened<T>.Clear(Open<T>(envelope, key)),
        };
    }

    /// <summary>
    /// Restricts processing: what is sealed opens to <see cref="Opened{T}.Restricted"/>. Sealing goes on, since storing
    /// stays lawful. Nothing happens to what was erased.
    /// </summary>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    /// <param name="ct">Gives up.</param>
    public async Task RestrictAsync(Guid subject, DataGroup group, CancellationToken ct)
    {
        var name = new KeyName(subject, group);
        // There must be a key to restrict, or what is sealed later would be open.
        using var key = await KeyAsync(name, ct);
        cache.MoveTo(await store.RestrictAsync(name, ct));
    }

    /// <summary>Ends a restriction.</summary>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    /// <param name="ct">Gives up.</param>
    public async Task LiftRestrictionAsync(Guid subject, DataGroup group, CancellationToken ct) =>
        cache.MoveTo(await store.LiftAsync(new KeyName(subject, group), ct));

    /// <summary>Overwrites the cached keys.</summary>
    public void Dispose()
    {
        sweeper.Dispose();
        cache.Dispose();
    }

    private async Task<DataKey> KeyAsync(KeyName name, CancellationToken ct) =>
        await FindAsync(name, null, ct)
        ?? await FetchAsync(name, null, store.MintAsync, ct)
        ?? throw new TamperSuspectedException($"A key of subject {name.Subject} was made, and is gone.");

    private async Task<DataKey?> FindAsync(KeyName name, int? version, CancellationToken ct)
    {
        await freshness.EnsureAsync(ct);
        return cache.TryCopy(name, version, out var key) ? key : await FetchAsync(name, version, store.ReadAsync, ct);
    }

    private async Task<DataKey?> FetchAsync(
        KeyName name, int? version, Func<KeyName, CancellationToken, Task<KeyRing>> fetch, CancellationToken ct)
    {
        var mark = cache.Mark;
        var ring = await fetch(name, ct);
        var key = ring.Copy(version);
        cache.Put(name, ring, mark);
        return key;
    }

    private T Open<T>(Envelope envelope, DataKey key)
        where T : IPersonalData
    {
        var context = Envelope.Context(
            options.Schema, envelope.Subject, envelope.Group, envelope.Version, T.Declared.Alias);
        byte[] plain;
        try
        {
            plain = Aead.Open(key.Secret, envelope.Box, Encoding.UTF8.GetBytes(context));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new TamperSuspectedException(
                $"A sealed '{T.Declared.Alias}' of subject {envelope.Subject} was altered or is not in its place.", e);
        }

        try
        {
            return Content.Read<T>(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
