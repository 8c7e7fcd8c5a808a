using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.Testing;

/// <summary>The ways in which programs usually write a text down.</summary>
public static class Encodings
{
    /// <summary>All of them, as bytes. Letters in any case are the search's affair.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<(string Encoding, byte[] Bytes)> Of(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return ("UTF-8", utf8);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes(text));
        yield return ("JSON", Encoding.UTF8.GetBytes(JavaScriptEncoder.Default.Encode(text)));
        yield return ("JSON, all escaped", Encoding.ASCII.GetBytes(
            string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\u{(int)c:x4}"))));
        yield return ("URL", Encoding.ASCII.GetBytes(Uri.EscapeDataString(text)));
        yield return ("form", Encoding.ASCII.GetBytes(Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)));
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
        // A text in the middle of something stands in base64 in one of three ways; the ends depend on what is beside it.
        for (var before = 0; before < 3; before++)
        {
            var inside = Convert.ToBase64String([.. new byte[before], .. utf8])[(before == 0 ? 0 : 4)..];
            inside = inside[..^(inside.Length < 8 ? 0 : 4)];
            yield return ($"base64, {before}", Encoding.ASCII.GetBytes(inside));
            yield return ($"base64url, {before}", Encoding.ASCII.GetBytes(inside.Replace('+', '-').Replace('/', '_')));
        }
    }
}
