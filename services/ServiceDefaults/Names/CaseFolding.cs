using System.Globalization;
using System.Text;

namespace EPerfect.ServiceDefaults;

/// <summary>NFKC case folding from idna.txt: what looks or means the same becomes the same letters.</summary>
internal static class CaseFolding
{
    private static readonly Dictionary<int, int[]> Mapping = [];

    static CaseFolding()
    {
        using var reader = new StreamReader(typeof(CaseFolding).Assembly.GetManifestResourceStream("idna.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#') continue;
            var separator = line.IndexOf(';', StringComparison.Ordinal);
            Read(line[..separator], line[(separator + 1)..]);
        }
    }

    /// <summary>The folded text; its marks are not composed yet.</summary>
    public static string Map(string input)
    {
        var output = new StringBuilder(input.Length);
        foreach (var rune in input.EnumerateRunes())
        {
            if (!Mapping.TryGetValue(rune.Value, out var to)) output.Append(rune.ToString());
            else foreach (var c in to) output.Append(char.ConvertFromUtf32(c));
        }

        return output.ToString();
    }

    private static void Read(string range, string value)
    {
        var step = range.EndsWith("/2", StringComparison.Ordinal) ? 2 : 1;
        var ends = range.Replace("/2", "", StringComparison.Ordinal).Split("..").Select(Hexadecimal).ToArray();
        var to = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hexadecimal).ToArray();
        for (var c = ends[0]; c <= ends[^1]; c += step)
            Mapping[c] = to.Length == 1 ? [to[0] + c - ends[0]] : to;
    }

    private static int Hexadecimal(string text) => int.Parse(text, NumberStyles.HexNumber);
}
