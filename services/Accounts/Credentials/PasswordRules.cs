using System.Globalization;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Which passwords are taken: long ones that nobody would guess. There are no rules of composition, and any character
/// of Unicode will do (NIST SP 800-63B, ASVS 5.0 V6.2).
/// </summary>
internal sealed class PasswordRules(BreachedPasswords breached)
{
    public const int Shortest = 12;
    public const int Longest = 128;

    // Guesses that an attacker who stole the hashes makes in a day; "moderate" on zxcvbn's scale of 0 to 4.
    private const int SafeScore = 3;

    // The time of an estimate grows with the square of the length, and what is this long is judged by its start.
    private const int LongestJudged = 64;

    public const string TooShort = "Use at least 12 characters. Several words in a row make a good password.";
    public const string TooLong = "Use at most 128 characters.";
    public const string Guessable =
        "This password is easy to guess, or was found in a leak of another site. Choose another one.";

    /// <summary>One password has one form, on whatever keyboard it is typed.</summary>
    public static string Normalise(string typed) => Nfc.Compose(typed);

    /// <summary>Why the password is not taken, for the person to read; null if it is.</summary>
    /// <param name="password">In its normal form.</param>
    /// <param name="email">Whose it will be: what is written in the address is no secret.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public async Task<string?> WhyNotAsync(string password, string email, CancellationToken cancellationToken) =>
        WhyNot(password, email)
        ?? (await breached.ContainsAsync(password, cancellationToken) ? Guessable : null);

    public static string? WhyNot(string password, string email)
    {
        var length = new StringInfo(password).LengthInTextElements;
        return length < Shortest ? TooShort
            : password.EnumerateRunes().Count() > Longest ? TooLong
            : IsGuessable(password, email) ? Guessable
            : null;
    }

    private static bool IsGuessable(string password, string email)
    {
        var judged = password.Length > LongestJudged ? password[..LongestJudged] : password;
        string[] known = [email, .. email.Split('@', '.', '+', '-', '_'), "eperfect"];
        return Zxcvbn.Zxcvbn.MatchPassword(judged, known.Where(word => word.Length > 2)).Score < SafeScore;
    }
}
