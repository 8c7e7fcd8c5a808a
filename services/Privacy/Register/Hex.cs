using System.Buffers;

namespace EPerfect.Privacy.Register;

/// <summary>Hashes in writing: 64 lower-case digits, and no other spelling.</summary>
internal static class Hex
{
    public static string Of(byte[] hash) => Convert.ToHexStringLower(hash);

    public static byte[]? TryRead(string? text)
    {
        var hash = new byte[32];
        return text is { Length: 64 } && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done
            && Of(hash) == text
            ? hash
            : null;
    }
}
