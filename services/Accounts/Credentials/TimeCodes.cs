using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EPerfect.Accounts.Credentials;

/// <summary>Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds).</summary>
internal static class TimeCodes
{
    private const int Digits = 6;
    private const int StepSeconds = 30;

    // Clocks differ by a step, and a person needs time to type.
    private const int Tolerated = 1;

    /// <summary>
    /// The time step that a code is right for, or null. A step counts once: who was seen typing a code gains nothing.
    /// </summary>
    /// <param name="key">What the app and we share.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="lastStep">The last step that counted.</param>
    /// <param name="now">The time.</param>
    public static long? StepOf(byte[] key, string code, long? lastStep, DateTimeOffset now)
    {
        var typed = Encoding.ASCII.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        // All are compared, whichever fits.
        for (var step = current - Tolerated; step <= current + Tolerated; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(key, step)), typed)
                && step > (lastStep ?? long.MinValue))
                found = step;
        }

        return found;
    }

    public static string At(byte[] key, DateTimeOffset time) => At(key, time.ToUnixTimeSeconds() / StepSeconds);

    private static string At(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[20];
        // What authenticator apps know; HMAC does not rest on collisions.
#pragma warning disable CA5350
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>What an authenticator app reads from a QR code.</summary>
    public static string Uri(string secret, string account) =>
        $"otpauth://totp/ePerfect:{System.Uri.EscapeDataString(account)}?secret={secret}&issuer=ePerfect";
}
