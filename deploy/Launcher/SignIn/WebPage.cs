using System.Net;
using System.Text.RegularExpressions;

namespace EPerfect.Launcher.SignIn;

/// <summary>Where a browser is, and what it shows.</summary>
internal sealed partial record WebPage(Uri Address, HttpStatusCode Status, string Html)
{
    /// <summary>The heading, for who tells what was seen.</summary>
    public string Title => WebUtility.HtmlDecode(Heading().Match(Html).Groups["text"].Value.Trim());

    /// <summary>The first link to a path.</summary>
    public string LinkTo(string path) =>
        Links().Matches(Html).Select(link => WebUtility.HtmlDecode(link.Groups["to"].Value))
            .FirstOrDefault(to => to.StartsWith(path, StringComparison.Ordinal))
        ?? throw new LaunchException($"The page \"{Title}\" has no link to {path}");

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("<a\\b[^>]*href=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
