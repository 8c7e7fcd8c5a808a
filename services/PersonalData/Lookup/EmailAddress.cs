using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EPerfect.PersonalData;

/// <summary>Decides when two e-mail addresses are the same.</summary>
public static class EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The one normal form of an address: trimmed, composed (NFC), in lower case, the domain in its ASCII form without
    /// a final dot. The part before '@' is lowered too, although the standard lets a host tell <c>Ann@</c> from
    /// <c>ann@</c>: hosts do not, and we keep one account per e-mail. Dots and '+tags' stay: they can be other people's
    /// mailboxes.
    /// </summary>
    /// <param name="email">The address as it was given.</param>
    /// <param name="normal">The normal form. For comparing only: show and write to what was given.</param>
    /// <returns> Whether it is an address: something before the last '@', a domain name after it, no white space.
    /// </returns>
    public static bool TryNormalise(string email, [NotNullWhen(true)] out string? normal)
    {
        normal = null;
        var text = Nfc.Compose(email.Trim().ToLowerInvariant());
        var at = text.LastIndexOf('@');
        if (at < 1 || text.Length > 320 || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return false;
        }

        try
        {
            normal = $"{text[..at]}@{Idn.GetAscii(text[(at + 1)..].TrimEnd('.'))}";
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
