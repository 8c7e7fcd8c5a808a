using System.Text.Json;

namespace EPerfect.Chaos.Checker;

/// <summary>How a command ended, as its client saw it.</summary>
public enum Outcome
{
    /// <summary>It was done; the client has the answer.</summary>
    Acknowledged,

    /// <summary>It was not done; the client has the answer.</summary>
    Refused,

    /// <summary>The client never got an answer, however often it asked.</summary>
    Unknown,
}

/// <summary>What a client knows of one command.</summary>
/// <param name="At">When it knew.</param>
/// <param name="Command">Which, such as <c>place-order</c>.</param>
/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="Service">Whose store has it.</param>
/// <param name="Stream">Of which stream; of a domain its name. Unknown until something was created.</param>
/// <param name="Event">What it must have left there.</param>
/// <param name="Version">At which version, by the ETag of the answer.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Answer">The last status, or what came instead.</param>
public sealed record Noted(
    DateTimeOffset At,
    string Command,
    string Key,
    string Service,
    string? Stream,
    string Event,
    long? Version,
    Outcome Outcome,
    int Attempts,
    string Answer);

/// <summary>What the clients know: a file that only grows, a line for each command.</summary>
public static class History
{
    /// <summary>One line.</summary>
    public static string Line(Noted noted) => JsonSerializer.Serialize(noted, JsonSerializerOptions.Web);

    /// <summary>All lines.</summary>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<Noted> Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var all = new List<Noted>();
        while (reader.ReadLine() is { } line) all.Add(JsonSerializer.Deserialize<Noted>(line, JsonSerializerOptions.Web)!);
        return all;
    }
}
