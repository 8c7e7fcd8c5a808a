using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.PersonalData;

/// <summary>What is looked for in a database, and under which label it is counted.</summary>
public sealed class Needle
{
    private Needle(string label, string[] patterns, byte[][] bytes) => (Label, Patterns, Bytes) = (label, patterns, bytes);

    /// <summary>The label.</summary>
    public string Label { get; }

    /// <summary>For LIKE, any case.</summary>
    internal string[] Patterns { get; }

    /// <summary>For columns of bytes.</summary>
    internal byte[][] Bytes { get; }

    /// <summary>Texts in clear: in any case, as JSON may write them, and as bytes of UTF-8 and UTF-16.</summary>
    /// <param name="label">The label.</param>
    /// <param name="texts">The texts. They go to the database as parameters, which it neither logs nor keeps.</param>
    public static Needle Texts(string label, IEnumerable<string> texts)
    {
        string[] forms = [.. texts.SelectMany(Forms).Distinct(StringComparer.Ordinal)];
        return new Needle(
            label,
            [.. forms.Select(form => $"%{Escape(form)}%")],
            [.. forms.SelectMany(form => new[] { Encoding.UTF8.GetBytes(form), Encoding.Unicode.GetBytes(form) })]);
    }

    /// <summary>The envelopes of a group of some subjects.</summary>
    /// <param name="group">The group; the label is its name in envelopes.</param>
    /// <param name="subjects">Whose.</param>
    public static Needle Envelopes(DataGroup group, IEnumerable<Guid> subjects) => new(
        group.Token(),
        [.. subjects.Select(subject => $"%p1.{group.Token()}.%.{subject:N}.%")],
        [.. subjects.Select(subject => Encoding.ASCII.GetBytes($"p1.{group.Token()}.1.{subject:N}."))]);

    private static IEnumerable<string> Forms(string text) =>
    [
        text,
        text.ToLowerInvariant(),
        JavaScriptEncoder.Default.Encode(text),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
    ];

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
