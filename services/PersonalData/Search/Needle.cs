using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.PersonalData;

/// <summary>What is looked for in a database, and under which label it is counted.</summary>
public sealed class Needle
{
    // Before a word JSON may have written an escape that ends in a letter, and so may an address.
    private const string Begin = @"(^|[^[:alnum:]]|\\u[0-9a-f]{4}|\\[bfnrt]|%[0-9a-f]{2})";
    private const string End = "($|[^[:alnum:]])";

    private Needle(string label, string[] patterns, string[] words, byte[][] bytes, bool isText) =>
        (Label, Patterns, Words, Bytes, IsText) = (label, patterns, words, bytes, isText);

    /// <summary>The label.</summary>
    public string Label { get; }

    /// <summary>For LIKE, any case.</summary>
    internal string[] Patterns { get; }

    /// <summary>Regular expressions, in lower case: of what is like a pattern, those count that stand between words.</summary>
    internal string[] Words { get; }

    /// <summary>For columns of bytes: what no text finds there.</summary>
    internal byte[][] Bytes { get; }

    /// <summary>Whether it must not be there, so that somebody wants to know exactly where it is.</summary>
    internal bool IsText { get; }

    /// <summary>Texts in clear: in any case, as JSON may write them, and as bytes of UTF-8 and UTF-16. Not inside of a longer
    /// word: who is named Ann is not found in Hannover.</summary>
    /// <param name="label">The label.</param>
    /// <param name="texts">The texts. They go to the database as parameters, which it neither logs nor keeps.</param>
    public static Needle Texts(string label, IEnumerable<string> texts)
    {
        string[] forms = [.. texts.SelectMany(Forms).Distinct(StringComparer.Ordinal)];
        return new Needle(
            label,
            [.. forms.Select(form => $"%{Escape(form)}%")],
            [.. forms.Select(Word)],
            [.. forms.SelectMany(Encodings)],
            isText: true);
    }

    /// <summary>The envelopes of a group of some subjects.</summary>
    /// <param name="group">The group; the label is its name in envelopes.</param>
    /// <param name="subjects">Whose.</param>
    public static Needle Envelopes(DataGroup group, IEnumerable<Guid> subjects) => new(
        group.Token(),
        [.. subjects.Select(subject => $"%p1.{group.Token()}.%.{subject:N}.%")],
        [".*"],
        [],
        isText: false);

    /// <summary>Plain ASCII is found in bytes as a text is.</summary>
    private static IEnumerable<byte[]> Encodings(string form) =>
        Ascii.IsValid(form) && !form.Contains('\\', StringComparison.Ordinal)
            ? [Encoding.Unicode.GetBytes(form)]
            : [Encoding.UTF8.GetBytes(form), Encoding.Unicode.GetBytes(form)];

    private static string Word(string form)
    {
        var (begin, end) = (char.IsLetterOrDigit(form[0]) ? Begin : "", char.IsLetterOrDigit(form[^1]) ? End : "");
        return $"{begin}{Literal(form.ToLowerInvariant())}{end}";
    }

    private static string Literal(string text) => string.Concat(text.Select(letter =>
        char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) ? $@"\{letter}" : letter.ToString()));

    private static IEnumerable<string> Forms(string text) =>
    [
        text,
        text.ToLowerInvariant(),
        JavaScriptEncoder.Default.Encode(text),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
        // JSON that is a text in JSON.
        Twice(JavaScriptEncoder.Default, text),
        Twice(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, text),
    ];

    private static string Twice(JavaScriptEncoder encoder, string text) =>
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(encoder.Encode(text));

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
