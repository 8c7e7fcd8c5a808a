using System.Globalization;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// Unicode normalisation form C. The runtime's own needs ICU: under invariant globalization <c>string.Normalize</c>
/// returns its input unchanged, without a word, and one name typed on two keyboards would be two names.
/// </summary>
public static class Nfc
{
    private const int FirstMark = 0x300;
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7;
    private const int LCount = 19, VCount = 21, TCount = 28;
    private static readonly Lazy<Tables> Data = new(Tables.Load);

    /// <summary>The composed form. Ill-formed UTF-16 becomes U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (text.All(c => c < FirstMark))
        {
            return text;
        }

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Reorder(points);
        var composed = new StringBuilder(text.Length);
        foreach (var point in Combine(points))
        {
            composed.Append(char.ConvertFromUtf32(point));
        }

        return composed.ToString();
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point - SBase is >= 0 and < LCount * VCount * TCount and var syllable)
        {
            into.Add(LBase + (syllable / (VCount * TCount)));
            into.Add(VBase + (syllable % (VCount * TCount) / TCount));
            if (syllable % TCount > 0)
            {
                into.Add(TBase + (syllable % TCount));
            }
        }
        else if (Data.Value.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    // Marks that follow one letter, in the order of their classes; equal classes keep theirs.
    private static void Reorder(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            for (var j = i; j > 0 && Class(points[j]) is > 0 and var mark && Class(points[j - 1]) > mark; j--)
            {
                (points[j - 1], points[j]) = (points[j], points[j - 1]);
            }
        }
    }

    private static List<int> Combine(List<int> points)
    {
        var result = new List<int>(points.Count);
        var starter = -1;
        foreach (var point in points)
        {
            var mark = Class(point);
            var blocked = starter < result.Count - 1 && Class(result[^1]) is var last && (last == 0 || last >= mark);
            if (starter >= 0 && !blocked && Pair(result[starter], point) is { } whole)
            {
                result[starter] = whole;
                continue;
            }

            starter = mark == 0 ? result.Count : starter;
            result.Add(point);
        }

        return result;
    }

    private static int? Pair(int first, int second)
    {
        if (first - LBase is >= 0 and < LCount and var lead && second - VBase is >= 0 and < VCount and var vowel)
        {
            return SBase + (((lead * VCount) + vowel) * TCount);
        }

        var syllable = first - SBase;
        if (syllable is >= 0 and < LCount * VCount * TCount && syllable % TCount == 0
            && second - TBase is > 0 and < TCount and var tail)
        {
            return first + tail;
        }

        return Data.Value.Compositions.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int Class(int point) => Data.Value.Classes.GetValueOrDefault(point);

    private sealed record Tables(
        Dictionary<int, int[]> Decompositions,
        Dictionary<(int First, int Second), int> Compositions,
        Dictionary<int, int> Classes)
    {
        public static Tables Load()
        {
            var tables = new Tables([], [], []);
            using var stream = typeof(Nfc).Assembly.GetManifestResourceStream("Nfc.txt")!;
            using var reader = new StreamReader(stream, Encoding.ASCII);
            while (reader.ReadLine() is { } line)
            {
                tables.Add(line);
            }

            return tables;
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        private void Add(string line)
        {
            if (line[0] == '#')
            {
                return;
            }

            var fields = line.Split('=', '>', ':');
            if (line.Contains(':', StringComparison.Ordinal))
            {
                var range = Array.ConvertAll(fields[0].Split('-'), Hex);
                for (var point = range[0]; point <= range[1]; point++)
                {
                    Classes[point] = int.Parse(fields[1], CultureInfo.InvariantCulture);
                }

                return;
            }

            var parts = Array.ConvertAll(fields[1].Split(' '), Hex);
            Decompositions[Hex(fields[0])] = parts;
            if (line.Contains('=', StringComparison.Ordinal))
            {
                Compositions[(parts[0], parts[1])] = Hex(fields[0]);
            }
        }
    }
}
