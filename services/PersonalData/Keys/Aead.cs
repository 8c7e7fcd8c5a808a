using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>AES-256-GCM: a random 96-bit nonce, the ciphertext and a full tag in one box.</summary>
internal static class Aead
{
    public const int KeySize = 32;
    public const int Overhead = NonceSize + TagSize;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        // Named tag size: without it, truncated tags verify. One instance per call: it is not thread safe.
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), context);
        return box;
    }

    /// <exception cref="AuthenticationTagMismatchException"> Another key, another context, or an altered box.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, context);
        return plain;
    }
}
