using System.Text.Json;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Policy;

/// <summary>
/// The sentences that there are, in the words that their checks were written for: all <c>{version}.sentences.json</c>.
/// </summary>
internal sealed record Wording(IReadOnlyList<Sentence> Sentences)
{
    private const string Folder = DocumentKind.PrivacyPolicy + "/";

    public static Wording Shipped() => new([
        .. from name in typeof(Wording).Assembly.GetManifestResourceNames()
           where name.StartsWith(Folder, StringComparison.Ordinal)
           where name.EndsWith(".sentences.json", StringComparison.Ordinal)
           // What the newest version says of a sentence counts.
           orderby name.Length descending, name descending
           from sentence in JsonSerializer.Deserialize<Sentence[]>(ShippedTexts.Resource(name), JsonSerializerOptions.Web)!
           select sentence,
    ]);

    /// <summary>Cuts a text into sentences. Words that are in none come out as a sentence that nobody knows.</summary>
    public IReadOnlyList<Sentence> Split(string text)
    {
        var longestFirst = Sentences.OrderByDescending(sentence => sentence.Text.Length).ToList();
        var found = new List<Sentence>();
        for (var at = Skip(text, 0); at < text.Length;)
        {
            var rest = text.AsSpan(at);
            var known = longestFirst.Find(sentence => Stands(sentence.Text, text, at));
            var length = known?.Text.Length ?? (rest.IndexOf('\n') is var end and >= 0 ? end : rest.Length);
            found.Add(known ?? Unknown(text.Substring(at, length).Trim()));
            at = Skip(text, at + length);
        }

        return found;
    }

    /// <summary>It has no id of ours, so it goes by its words.</summary>
    private static Sentence Unknown(string words) => new(words, Id: words.Length <= 60 ? $"“{words}”" : $"“{words[..60]}…”");

    private static bool Stands(string words, string text, int at) =>
        string.CompareOrdinal(text, at, words, 0, words.Length) == 0
        && (at + words.Length == text.Length || IsSpace(text[at + words.Length]));

    private static int Skip(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at])) at++;
        return at;
    }

    private static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is '•' or '>';
}
