using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>AES-256-GCM: a random 96-bit nonce, the ciphertext and a full tag in one box.</summary>
internal static class Aead
{
    public const int KeySize = 32;
    public const int Overhead = NonceSize + TagSize;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Named tag size: without it, truncated tags verify.
    public static AesGcm Cipher(ReadOnlySpan<byte> key) => new(key, TagSize);

    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), context);
        return box;
    }

    /// <exception cref="AuthenticationTagMismatchException"> Another key, another context, or an altered box.
    /// </exception>
    public static void Open(AesGcm cipher, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context, Span<byte> plain) =>
        cipher.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, context);

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        using var cipher = Cipher(key);
        return Seal(cipher, plain, context);
    }

    /// <exception cref="AuthenticationTagMismatchException"> Another key, another context, or an altered box.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        // Less than any box has: no box of ours.
        if (box.Length < Overhead)
        {
            throw new AuthenticationTagMismatchException();
        }

        var plain = new byte[box.Length - Overhead];
        using var cipher = Cipher(key);
        Open(cipher, box, context, plain);
        return plain;
    }
}
