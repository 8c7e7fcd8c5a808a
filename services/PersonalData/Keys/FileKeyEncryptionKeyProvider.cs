using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// Key-encryption keys in a file, for one machine. Whoever reads the file and the database of keys reads everything, so
/// it is meant for development; elsewhere it is refused unless the host was told to allow it.
/// </summary>
public sealed class FileKeyEncryptionKeyProvider : IKeyEncryptionKeyProvider
{
    private readonly KeyFile file;

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

        file = KeyFile.ReadOrCreate(path);
        CurrentEpoch = file.Epochs.Keys.Max();
    }

    /// <inheritdoc/>
    public int CurrentEpoch { get; }

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
            HashAlgorithmName.SHA256, file.Index, Aead.KeySize, info: Encoding.UTF8.GetBytes($"blind-index|{scope}"));

    private byte[] KeyOf(int epoch) =>
        file.Epochs.TryGetValue(epoch, out var key)
            ? key
            : throw new TamperSuspectedException($"The key file holds no key-encryption key of epoch {epoch}.");
}
