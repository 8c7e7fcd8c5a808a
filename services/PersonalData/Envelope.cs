using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EPerfect.PersonalData;

/// <summary>The parts of a sealed value. Each envelope has exactly one spelling.</summary>
internal sealed record Envelope(DataGroup Group, int Version, Guid Subject, byte[] Box)
{
    /// <summary>Enough for every usual <see cref="Context"/>.</summary>
    public const int ContextRoom = 256;

    private const string Format = "p1";

    public override string ToString() =>
        $"{Format}.{Group.Token()}.{Version}.{Subject:N}.{Base64Url.EncodeToString(Box)}";

    /// <summary>Writes what the ciphertext is bound to: moved anywhere else, it does not open.</summary>
    /// <returns>As much of the room as it took.</returns>
    public static ReadOnlySpan<byte> Context(
        Span<byte> room, string schema, Guid subject, DataGroup group, int version, string alias) =>
        Utf8.TryWrite(room, $"{Format}|{schema}|{subject:N}|{group.Token()}|{version}|{alias}", out var length)
            ? room[..length]
            : Encoding.UTF8.GetBytes($"{Format}|{schema}|{subject:N}|{group.Token()}|{version}|{alias}");

    public static bool TryParse(string text, [NotNullWhen(true)] out Envelope? envelope)
    {
        envelope = null;
        if (text.Split('.') is not [Format, var groupToken, var versionText, var subjectText, var boxText]
            || !DataGroups.TryFrom(groupToken, out var group)
            || !int.TryParse(versionText, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || version < 1
            || !Guid.TryParseExact(subjectText, "N", out var subject)
            || !Base64Url.IsValid(boxText, out var length)
            || length < Aead.Overhead)
        {
            return false;
        }

        var parsed = new Envelope(group, version, subject, Base64Url.DecodeFromChars(boxText));
        // Upper-case hex, leading zeros, padding and stray bits all parse; written again they differ.
        if (!string.Equals(parsed.ToString(), text, StringComparison.Ordinal))
        {
            return false;
        }

        envelope = parsed;
        return true;
    }
}

internal static class DataGroups
{
    private static readonly string[] Tokens =
        [.. Enum.GetValues<DataGroup>().Select(group => group.ToString().ToLowerInvariant())];

    public static string Token(this DataGroup group) => Tokens[(int)group - 1];

    public static bool TryFrom(string token, out DataGroup group)
    {
        group = (DataGroup)(Array.IndexOf(Tokens, token) + 1);
        return group != default;
    }
}
