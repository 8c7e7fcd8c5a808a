using System.Text.Json;

namespace EPerfect.Privacy.Register.Checkpoints;

/// <summary>The register at a time, as it is signed and as outsiders keep it.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root of their Merkle tree (RFC 9162, section 2.1), in hexadecimal.</param>
/// <param name="At">When, in UTC.</param>
internal sealed record Checkpoint(string Origin, long Size, string Root, DateTimeOffset At)
{
    public const string Log = "eperfect/openings";

    /// <summary>What the signature says that it is.</summary>
    public const string Type = "register-checkpoint+jwt";

    public string Json() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static Checkpoint? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
