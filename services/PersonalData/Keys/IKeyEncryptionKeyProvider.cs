namespace EPerfect.PersonalData;

/// <summary>
/// Wraps data keys under a key-encryption key that is not in the database. Shaped so that a key management service can
/// stand behind it: the key itself never leaves the provider. Epochs number its key-encryption keys; a new epoch wraps
/// what is new, old ones unwrap what is old until they are destroyed. Each service has a provider of its own.
/// </summary>
public interface IKeyEncryptionKeyProvider
{
    /// <summary>The epoch that wraps new keys, from 1, as far as is known here.</summary>
    int CurrentEpoch { get; }

    /// <summary>Hears of epochs that other processes made or destroyed, and whether the provider answers.</summary>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="VaultUnavailableException">It does not.</exception>
    ValueTask RefreshAsync(CancellationToken ct);

    /// <summary>Makes an epoch, which is then the current one. Nothing happens if it was made before.</summary>
    /// <param name="epoch">The one after the current.</param>
    /// <param name="ct">Gives up waiting.</param>
    ValueTask CreateEpochAsync(int epoch, CancellationToken ct);

    /// <summary>Destroys an epoch's key and all before it for ever. Nothing happens if they were destroyed before.</summary>
    /// <param name="epoch">The last to go; never the current one.</param>
    /// <param name="ct">Gives up waiting.</param>
    ValueTask DestroyEpochAsync(int epoch, CancellationToken ct);

    /// <summary>Wraps a data key.</summary>
    /// <param name="epoch">The epoch to wrap under.</param>
    /// <param name="key">The data key.</param>
    /// <param name="context">What the wrapped key is bound to; unwrapping needs the same.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>The wrapped key.</returns>
    ValueTask<byte[]> WrapAsync(
        int epoch, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken ct);

    /// <summary>Unwraps a data key.</summary>
    /// <param name="epoch">The epoch it was wrapped under.</param>
    /// <param name="wrapped">What <see cref="WrapAsync"/> gave.</param>
    /// <param name="context">What it was bound to.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>The data key. The caller overwrites it with zeros after use.</returns>
    /// <exception cref="TamperSuspectedException">Wrong epoch, wrong context, altered, or the epoch was destroyed.
    /// </exception>
    ValueTask<byte[]> UnwrapAsync(
        int epoch, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken ct);

    /// <summary>
    /// A key for blind indexes, the same in every process and every epoch, independent of all wrapping.
    /// </summary>
    /// <param name="scope">Whose indexes: those of two scopes cannot be matched.</param>
    /// <returns>32 bytes.</returns>
    byte[] DeriveIndexKey(string scope);
}
