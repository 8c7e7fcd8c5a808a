namespace EPerfect.PersonalData;

/// <summary>
/// Wraps data keys under a key-encryption key that is not in the database. Shaped so that a key management service can
/// stand behind it: the key itself never leaves the provider. Epochs number its key-encryption keys; a new epoch wraps
/// what is new, old ones unwrap what is old until they are destroyed.
/// </summary>
public interface IKeyEncryptionKeyProvider
{
    /// <summary>The epoch that wraps new keys, from 1.</summary>
    int CurrentEpoch { get; }

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
    /// <exception cref="TamperSuspectedException">Wrong epoch, wrong context, or altered.</exception>
    ValueTask<byte[]> UnwrapAsync(
        int epoch, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken ct);

    /// <summary>
    /// A key for blind indexes, the same in every process and every epoch, independent of all wrapping.
    /// </summary>
    /// <param name="scope">Whose indexes: those of two scopes cannot be matched.</param>
    /// <returns>32 bytes.</returns>
    byte[] DeriveIndexKey(string scope);
}
