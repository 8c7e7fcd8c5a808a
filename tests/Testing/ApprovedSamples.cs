using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPerfect.Testing;

/// <summary>
/// JSON that was approved once and must stay readable for ever. What differs is written beside it as
/// <c>*.received.json</c>: to approve it, move it over the other.
/// </summary>
/// <param name="folder">From the repository's root, such as <c>tests/Orders.Tests/Samples</c>.</param>
public sealed class ApprovedSamples(string folder)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string path = Path.Combine(Root(), folder);

    /// <summary>The names of what was approved, without <c>.json</c>.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Directory.EnumerateFiles(path, "*.json").Select(file => Path.GetFileName(file)[..^".json".Length])
            .Where(name => !name.EndsWith(".received", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads what was approved.</summary>
    /// <param name="name">The sample's name.</param>
    public string Read(string name) => File.ReadAllText(FileOf(name));

    /// <summary>Whether this is what was approved. If not, it is written beside it.</summary>
    /// <param name="name">The sample's name.</param>
    /// <param name="json">What is written now.</param>
    public bool Matches(string name, string json)
    {
        var now = JsonNode.Parse(json)!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (File.Exists(FileOf(name)) && Read(name).ReplaceLineEndings("\n") == now) return true;
        Directory.CreateDirectory(path);
        File.WriteAllText(FileOf(name + ".received"), now);
        return false;
    }

    private string FileOf(string name) => Path.Combine(path, name + ".json");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "platform.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
