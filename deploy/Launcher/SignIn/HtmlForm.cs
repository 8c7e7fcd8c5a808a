using System.Net;
using System.Text.RegularExpressions;

namespace EPerfect.Launcher.SignIn;

/// <summary>A form of a page, as a browser without script would fill and send it.</summary>
internal sealed partial record HtmlForm(string Action, Dictionary<string, string> Fields)
{
    /// <summary>The first form that asks for these fields; null if there is none.</summary>
    public static HtmlForm? Find(string html, IEnumerable<string> asksFor) =>
        Forms.Matches(html).Select(Read).FirstOrDefault(form => asksFor.All(form.Fields.ContainsKey));

    private static HtmlForm Read(Match form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in Inputs.Matches(form.Value).Select(input => Attributes(input.Value)))
        {
            if (input.TryGetValue("name", out var name))
                fields[name] = input.GetValueOrDefault("value", "");
        }

        return new HtmlForm(Attributes(form.Value[..form.Value.IndexOf('>')]).GetValueOrDefault("action", ""), fields);
    }

    private static Dictionary<string, string> Attributes(string tag) => Attribute.Matches(tag).ToDictionary(
        match => match.Groups["name"].Value,
        match => WebUtility.HtmlDecode(match.Groups["value"].Value),
        StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms { get; }

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Inputs { get; }

    [GeneratedRegex("(?<name>[a-zA-Z-]+)=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Attribute { get; }
}
