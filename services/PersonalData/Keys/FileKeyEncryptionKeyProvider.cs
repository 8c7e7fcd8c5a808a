using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// Key-encryption keys in a file, for one service on one machine. Whoever reads the file and the database of keys reads
/// everything, so it is meant for development; elsewhere it is refused unless the host was told to allow it.
/// </summary>
public sealed class FileKeyEncryptionKeyProvider : IKeyEncryptionKeyProvider
{
    private readonly KeyFile file;
    private readonly Lock gate = new();
    private KeyFileSecrets secrets;
    private (DateTime, long) stamp;

    /// <summary>Reads the file. Makes it, readable by its owner alone, if there is none.</summary>
    /// <param name="path">The file, in a directory that exists.</param>
    /// <param name="allowed"> The host's decision: true in Development, elsewhere only if
    /// <c>PersonalData:AllowKeyFile</c> is <c>true</c>.
    /// </param>
    /// <exception cref="InvalidOperationException">Not allowed, readable by others, or damaged.</exception>
    public FileKeyEncryptionKeyProvider(string path, bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException(
                "Key-encryption keys in a file are meant for development: whoever copies the file can open every key. "
                + "Use a key management service, or set PersonalData:AllowKeyFile=true to accept this on purpose.");
        }

        file = new KeyFile(path);
        secrets = file.ReadOrCreate();
        stamp = file.Stamp;
    }

    /// <inheritdoc/>
    public int CurrentEpoch => Current().Newest;

    /// <inheritdoc/>
    public ValueTask RefreshAsync(CancellationToken ct)
    {
        Current();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CreateEpochAsync(int epoch, CancellationToken ct)
    {
        file.Replace(before => before.Newest >= epoch ? before : before.WithEpoch(epoch));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DestroyEpochAsync(int epoch, CancellationToken ct)
    {
        file.Replace(before => before.Newest > epoch
            ? before.WithoutUpTo(epoch)
            : throw new InvalidOperationException($"Epoch {epoch} is the current one and cannot be destroyed."));
        Current();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> WrapAsync(
        int epoch, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken ct) =>
        ValueTask.FromResult(Aead.Seal(KeyOf(epoch), key.Span, context.Span));

    /// <inheritdoc/>
    public ValueTask<byte[]> UnwrapAsync(
        int epoch, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken ct)
    {
        try
        {
            return ValueTask.FromResult(Aead.Open(KeyOf(epoch), wrapped.Span, context.Span));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new TamperSuspectedException(
                $"A stored key does not open under the key-encryption key of epoch {epoch}: "
                + "this is another key file, or the row was altered.", e);
        }
    }

    /// <inheritdoc/>
    public byte[] DeriveIndexKey(string scope) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secrets.Index, Aead.KeySize, info: Encoding.UTF8.GetBytes($"blind-index|{scope}"));

    private byte[] KeyOf(int epoch) =>
        Current().Epochs.TryGetValue(epoch, out var key)
            ? key
            : throw new TamperSuspectedException(
                $"The key file holds no key-encryption key of epoch {epoch}: it was destroyed, or this is another file.");

    // Another process may have replaced the file. What is gone from it is overwritten although it may be in use: nothing
    // that is wrapped under a destroyed epoch is stored.
    private KeyFileSecrets Current()
    {
        lock (gate)
        {
            if (file.Stamp is var seen && seen != stamp && seen != default)
            {
                (secrets, stamp) = (secrets.MoveTo(file.Read()), seen);
            }

            return secrets;
        }
    }
}
