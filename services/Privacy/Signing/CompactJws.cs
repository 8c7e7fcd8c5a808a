using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Signing;

/// <summary>What anybody checks who reads something that was signed here.</summary>
internal static class CompactJws
{
    /// <summary>Three parts, each in the one way of writing it: the last character of base64url may hold bits that mean
    /// nothing, and nothing that was signed may be changed unnoticed.</summary>
    public static bool IsWellFormed(string jws) => jws.Split('.') is { Length: 3 } parts && parts.All(HasOneSpelling);

    /// <summary>The keys of a JWK Set (RFC 7517), as <see cref="ReadKeys"/> gives it.</summary>
    /// <exception cref="FormatException">It is none, or empty.</exception>
    public static IList<SecurityKey> KeysOf(string keySet)
    {
        try
        {
            var keys = JsonWebKeySet.Create(keySet).GetSigningKeys();
            if (keys.Count > 0) return keys;
        }
        catch (ArgumentException)
        {
            // Said below, in words for who holds the file.
        }

        throw new FormatException("The file of keys holds none: it must be what GET /api/privacy/keys answers.");
    }

    private static bool HasOneSpelling(string part) =>
        Base64Url.IsValid(part) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(part)) == part;
}
