using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>
/// A register as a file: one JSON object a line, entries in their order, each checkpoint behind the last entry that it
/// signs for. Every line has exactly one spelling, so that no byte can change unseen.
/// </summary>
internal static partial class RegisterFile
{
    public const string Header = """{"register":"eperfect/openings","form":1}""";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Read by people, shown in no page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Line(Entry entry) =>
        JsonSerializer.Serialize(new EntryLine(entry.Index, Leaf.Read(entry.Leaf).OpeningId, entry.Hash, entry.Leaf), Json);

    public static string Line(CheckpointRow checkpoint) => JsonSerializer.Serialize(new CheckpointLine(checkpoint.Signed), Json);

    public static EntryLine? ReadEntry(string line) => Read<EntryLine>(line);

    public static string? ReadCheckpoint(string line) => Read<CheckpointLine>(line)?.Checkpoint;

    /// <summary>Which opening a line is about, also where it is too damaged to be read.</summary>
    public static Guid? OpeningOf(string line) =>
        OpeningId().Match(line) is { Success: true } found ? Guid.Parse(found.Groups["id"].Value) : null;

    /// <summary>Whether a line that cannot be read was a checkpoint, not an entry.</summary>
    public static bool IsCheckpoint(string line) =>
        !line.Contains("peningId", StringComparison.Ordinal)
        && (line.StartsWith("{\"c", StringComparison.Ordinal) || line.Contains("heckpoint\":", StringComparison.Ordinal));

    /// <summary>The lines with their ends, byte for byte.</summary>
    public static IEnumerable<string> Lines(Stream file)
    {
        using var reader = new StreamReader(file, Encoding.Latin1, leaveOpen: true);
        var line = new StringBuilder();
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            line.Append((char)next);
            if (next != '\n') continue;
            yield return line.ToString();
            line.Clear();
        }

        if (line.Length > 0) yield return line.ToString();
    }

    private static T? Read<T>(string line)
        where T : class
    {
        try
        {
            var read = JsonSerializer.Deserialize<T>(line, Json);
            return read is not null && JsonSerializer.Serialize(read, Json) == line ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""openingId\\?":\\?"(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\\?""" + "\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpeningId();

    private sealed record CheckpointLine(string Checkpoint);
}

/// <summary>One line of the file.</summary>
/// <param name="Index">The entry's place, from 0.</param>
/// <param name="OpeningId">The opening; stands in the leaf too.</param>
/// <param name="Hash">The leaf's hash.</param>
/// <param name="Leaf">The entry as it is hashed.</param>
internal sealed record EntryLine(long Index, Guid OpeningId, string Hash, string Leaf);
