using System.Buffers;
using System.Text;

namespace EPerfect.Testing;

/// <summary>Looks for texts in files, whatever the files are.</summary>
public static class Bytes
{
    /// <summary>The files below a folder that hold one of the texts in clear, as UTF-8 or UTF-16.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="texts">What must not be there.</param>
    public static IReadOnlyList<string> Find(string folder, params IEnumerable<string> texts)
    {
        var needles = texts.SelectMany(text => new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text) })
            .ToArray();
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Holds(file, needles)),
        ];
    }

    /// <summary>The files below some folders that hold one of the texts, however it is written: see <see cref="Encodings"/>.
    /// Letters of ASCII in any case.</summary>
    /// <param name="folders">Where to look.</param>
    /// <param name="except">Folders below them that are left out.</param>
    /// <param name="texts">What must not be there.</param>
    public static IReadOnlyList<string> FindEncoded(
        IEnumerable<string> folders, IReadOnlyCollection<string> except, params IEnumerable<string> texts)
    {
        var needles = SearchValues.Create(
            [.. texts.SelectMany(Encodings.Of).Select(form => Encoding.Latin1.GetString(form.Bytes)).Distinct()],
            StringComparison.OrdinalIgnoreCase);
        return
        [
            .. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Distinct()
                .Where(file => !except.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)))
                .Where(file => Holds(file, needles)),
        ];
    }

    private static bool Holds(string file, SearchValues<string> needles)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(file)).AsSpan().ContainsAny(needles);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // a temporary file that was gone before it was read
        }
    }

    private static bool Holds(string file, byte[][] needles)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            return Array.Exists(needles, needle => content.AsSpan().IndexOf(needle) >= 0);
        }
        catch (FileNotFoundException)
        {
            return false; // a temporary file that was gone before it was read
        }
    }
}
