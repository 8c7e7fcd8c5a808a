using System.Globalization;
using System.Text;

namespace EPerfect.Benchmarks;

/// <summary>The table, and the same beside the aims as a picture.</summary>
internal static class Report
{
    private const int Row = 26, Left = 420, Width = 300;

    public static string Table(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder("| what | measured | aim | met | seen | beside |\n|---|---|---|---|---|---|\n");
        foreach (var each in findings)
        {
            var met = each.Aim is null ? "" : each.Met ? "yes" : "**no**";
            var aim = each.Aim?.ToString() ?? "-";
            text.Append(CultureInfo.InvariantCulture, $"| {each.What} | {each.Value:0.###} | {aim} | {met} |");
            text.Append(CultureInfo.InvariantCulture, $" {Squeezed(each.Seen)} | {Squeezed(each.Beside)} |\n");
        }

        return text.ToString();
    }

    /// <summary>One bar for each finding that has an aim; the line is the aim. Right of it is better where more is wanted,
    /// left of it where less is.</summary>
    public static string Plot(IReadOnlyList<Finding> findings)
    {
        Finding[] aimed = [.. findings.Where(each => each.Aim is not null)];
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + 160}\" height=\"{(aimed.Length * Row) + 20}\" ");
        svg.Append("font-family=\"sans-serif\" font-size=\"12\">\n");
        foreach (var (at, each) in aimed.Index())
        {
            var (y, aim) = ((at * Row) + 10, each.Aim!);
            var share = Math.Min(2, each.Value / aim.Bound) / 2;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left - 8}" y="{y + 14}" text-anchor="end">{System.Security.SecurityElement.Escape(each.What)}</text>
                <rect x="{Left}" y="{y}" width="{share * Width:F0}" height="18" fill="{(each.Met ? "#2a7" : "#c43")}"/>
                <line x1="{Left + (Width / 2)}" x2="{Left + (Width / 2)}" y1="{y - 3}" y2="{y + 21}" stroke="#000"/>
                <text x="{Left + Width + 8}" y="{y + 14}">{each.Value:0.###} ({aim})</text>

                """);
        }

        return svg.Append("</svg>\n").ToString();
    }

    public static void Write(string folder, IReadOnlyList<Finding> findings)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "load.md"), Table(findings));
        File.WriteAllText(Path.Combine(folder, "load.svg"), Plot(findings));
    }

    private static string Squeezed(string text) =>
        string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace("|", "/", StringComparison.Ordinal);
}
