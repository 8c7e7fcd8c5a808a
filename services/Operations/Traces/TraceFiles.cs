using System.Text;
using System.Text.Json;

namespace EPerfect.Operations.Traces;

/// <summary>
/// Reads the trace files of one machine (setting <c>Traces:Folder</c>): the ends of them, which hold what happened lately.
/// Where traces go to a collector there are none, and its own pages show them.
/// </summary>
internal sealed class TraceFiles(IConfiguration configuration)
{
    private const int MostForList = 1024 * 1024;
    private const int MostForOne = 16 * 1024 * 1024;

    private static readonly JsonSerializerOptions Whole = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    };

    private string? Folder => configuration["Traces:Folder"];

    public bool AreHere => Folder is { Length: > 0 } folder && Directory.Exists(folder);

    /// <summary>The spans written last.</summary>
    public async Task<IReadOnlyList<Span>> LatelyAsync(CancellationToken ct) =>
        await ReadAsync(MostForList, _ => true, ct);

    public async Task<IReadOnlyList<Span>> OfAsync(string trace, CancellationToken ct) =>
        [.. (await ReadAsync(MostForOne, line => line.Contains(trace, StringComparison.Ordinal), ct))
            .Where(span => span.TraceId == trace)];

    private async Task<List<Span>> ReadAsync(int most, Func<string, bool> wanted, CancellationToken ct)
    {
        var spans = new List<Span>();
        if (!AreHere) return spans;
        foreach (var file in Directory.EnumerateFiles(Folder!, "*.jsonl"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > most) stream.Seek(-most, SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                // The first line may have been cut, and the last be half written.
                if (line is ['{', .., '}'] && wanted(line) && Parse(line) is { } span) spans.Add(span);
            }
        }

        return spans;
    }

    private static Span? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Span>(line, Whole);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
