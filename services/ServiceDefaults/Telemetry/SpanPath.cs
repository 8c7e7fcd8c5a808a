using System.Text.RegularExpressions;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Of a path, what names nobody: words in lower case, small numbers and ids. The rest is a star: a domain's name, an
/// address, a code out of a mail.
/// </summary>
internal static partial class SpanPath
{
    private const string Left = "*";

    public static string Of(string path) => string.Join(
        '/', path.Split('/').Select(part => part.Length == 0 || MayBeTold().IsMatch(part) ? part : Left));

    public static string OfAddress(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var found)) return Left;
        return found.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + Of(found.AbsolutePath);
    }

    [GeneratedRegex(
        @"^(\.?[a-z]+(-[a-z]+)*|[0-9]{1,4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MayBeTold();
}
