using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The list of erasures as a file: one a line, and a last line by which one sees that nothing is missing.</summary>
internal static class LedgerFile
{
    private static readonly JsonSerializerOptions Lines =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <exception cref="IOException">There is such a file: a list from before a restore must not be lost to one after
    /// it.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var lines = entries.Select(entry => JsonSerializer.Serialize(entry, Lines)).ToArray();
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using var writer = new StreamWriter(file);
        foreach (var line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        await writer.WriteLineAsync(JsonSerializer.Serialize(EndOf(lines), Lines).AsMemory(), cancellationToken);
    }

    /// <exception cref="InvalidDataException">It is no such list, or not all of it.</exception>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        try
        {
            if (lines.Length > 0 && JsonSerializer.Deserialize<End>(lines[^1], Lines) == EndOf(lines[..^1]))
                return [.. lines[..^1].Select(line => JsonSerializer.Deserialize<LedgerEntry>(line, Lines)!)];
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException(
            $"{path} is not a whole list of erasures: it was cut off or altered. Nothing was replayed.");
    }

    private static End EndOf(string[] lines) => new(
        lines.Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));

    private sealed record End(int Erasures, string Sha256);
}
