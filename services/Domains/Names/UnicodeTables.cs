using System.Globalization;
using System.Text;

namespace EPerfect.Domains.Names;

/// <summary>NFKC case folding and canonical composition (Unicode Standard Annex 15) from Data/idna.txt.</summary>
internal static class UnicodeTables
{
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TrailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly Dictionary<int, int[]> Mapping = [];
    private static readonly Dictionary<int, int> CombiningClass = [];
    private static readonly Dictionary<int, (int First, int Second)> Parts = [];
    private static readonly Dictionary<(int, int), int> Composites = [];

    static UnicodeTables()
    {
        using var reader = new StreamReader(DataFile.Open("idna.txt"));
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#') continue;
            var separator = line.IndexOf(';', StringComparison.Ordinal);
            var (key, value) = (line[2..separator], line[(separator + 1)..]);
            if (line[0] == 'M') ReadMapping(key, Hexadecimal(value));
            else if (line[0] == 'O') foreach (var c in Range(key)) CombiningClass[c] = int.Parse(value);
            else ReadComposite(Convert.ToInt32(key, 16), Hexadecimal(value));
        }
    }

    public static string Map(string input)
    {
        var output = new StringBuilder(input.Length);
        foreach (var rune in input.EnumerateRunes())
        {
            if (!Mapping.TryGetValue(rune.Value, out var to)) output.Append(rune.ToString());
            else foreach (var c in to) output.Append(new Rune(c).ToString());
        }

        return output.ToString();
    }

    public static string Compose(string input)
    {
        var text = new List<int>();
        foreach (var rune in input.EnumerateRunes()) Decompose(rune.Value, text);
        Reorder(text);
        var output = new List<int>();
        var (starter, lastClass) = (-1, -1);
        foreach (var c in text)
        {
            var thisClass = ClassOf(c);
            if (starter >= 0 && lastClass < thisClass && Pair(output[starter], c) is { } composite)
            {
                output[starter] = composite;
                continue;
            }

            (starter, lastClass) = thisClass == 0 ? (output.Count, -1) : (starter, thisClass);
            output.Add(c);
        }

        return string.Concat(output.Select(char.ConvertFromUtf32));
    }

    private static void Decompose(int c, List<int> output)
    {
        if (Parts.TryGetValue(c, out var parts))
        {
            Decompose(parts.First, output);
            output.Add(parts.Second);
        }
        else if (c is >= HangulFirst and < HangulFirst + (Leads * Vowels * Trails))
        {
            var index = c - HangulFirst;
            output.Add(LeadFirst + (index / (Vowels * Trails)));
            output.Add(VowelFirst + (index % (Vowels * Trails) / Trails));
            if (index % Trails > 0) output.Add(TrailFirst + (index % Trails));
        }
        else
        {
            output.Add(c);
        }
    }

    // A stable sort of each run of marks by combining class.
    private static void Reorder(List<int> text)
    {
        for (var i = 1; i < text.Count; i++)
        {
            for (var j = i; j > 0 && ClassOf(text[j]) is > 0 and var mark && ClassOf(text[j - 1]) > mark; j--)
                (text[j - 1], text[j]) = (text[j], text[j - 1]);
        }
    }

    private static int? Pair(int first, int second)
    {
        if (Composites.TryGetValue((first, second), out var composite)) return composite;
        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
            return HangulFirst + ((((first - LeadFirst) * Vowels) + second - VowelFirst) * Trails);
        var isOpenSyllable = first is >= HangulFirst and < HangulFirst + (Leads * Vowels * Trails)
            && (first - HangulFirst) % Trails == 0;
        return isOpenSyllable && second is > TrailFirst and < TrailFirst + Trails ? first + second - TrailFirst : null;
    }

    private static int ClassOf(int c) => CombiningClass.GetValueOrDefault(c);

    private static void ReadMapping(string key, int[] to)
    {
        var step = key.EndsWith("/2", StringComparison.Ordinal) ? 2 : 1;
        var index = 0;
        foreach (var c in Range(step == 2 ? key[..^2] : key))
        {
            if (index % step == 0) Mapping[c] = to.Length == 1 ? [to[0] + index] : to;
            index++;
        }
    }

    private static void ReadComposite(int composite, int[] parts)
    {
        Parts[composite] = (parts[0], parts[1]);
        Composites[(parts[0], parts[1])] = composite;
    }

    private static IEnumerable<int> Range(string key)
    {
        var ends = key.Split("..");
        var first = Convert.ToInt32(ends[0], 16);
        return Enumerable.Range(first, Convert.ToInt32(ends[^1], 16) - first + 1);
    }

    private static int[] Hexadecimal(string value) =>
        [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => int.Parse(x, NumberStyles.HexNumber))];
}
