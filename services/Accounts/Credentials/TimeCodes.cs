using OtpNet;

namespace EPerfect.Accounts.Credentials;

/// <summary>Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds).</summary>
internal static class TimeCodes
{
    // 160 bits, as RFC 4226 recommends.
    private const int SecretLength = 20;

    // Clocks differ by a step, and a person needs time to type.
    private static readonly VerificationWindow Tolerated = new(previous: 1, future: 1);

    /// <summary>What the app and we share, as apps write it.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretLength));

    /// <summary>
    /// The time step that a code is right for, or null. A step counts once: who was seen typing a code gains nothing.
    /// </summary>
    /// <param name="secret">What the app and we share.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="lastStep">The last step that counted.</param>
    /// <param name="now">The time.</param>
    public static long? StepOf(string secret, string code, long? lastStep, DateTimeOffset now)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        var app = new Totp(Base32Encoding.ToBytes(secret));
        return app.VerifyTotp(now.UtcDateTime, typed, out var step, Tolerated) && step > (lastStep ?? long.MinValue)
            ? step
            : null;
    }

    /// <summary>What an authenticator app reads from a QR code.</summary>
    public static string Uri(string secret, string account) =>
        new OtpUri(OtpType.Totp, secret, account, "ePerfect").ToString();
}
