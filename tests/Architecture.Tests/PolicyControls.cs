using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EPerfect.Architecture.Tests;

/// <summary>
/// The list of checks that hold the policy's sentences is made from the tests as they stand: a test that is deleted, or
/// says <c>[Control]</c> no more, is on it no more.
/// </summary>
public sealed partial class PolicyControls
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_list_that_ships_is_the_one_that_the_tests_give()
    {
        var file = Path.Combine(Source.Root, "services", "Privacy", "Policy", "controls.json");
        var rendered = JsonSerializer.Serialize(BySentence(Source.Files("tests")), Indented) + "\n";
        var ships = File.Exists(file) ? File.ReadAllText(file) : "";
        if (ships != rendered) File.WriteAllText(Path.ChangeExtension(file, ".received.json"), rendered);

        ships.ShouldBe(rendered, "look at services/Privacy/Policy/controls.received.json and put it in place");
    }

    [Fact]
    public void Each_that_is_found_is_a_test()
    {
        var found = Source.Files("tests").Select(File.ReadAllText).Sum(text => Mark().Count(text));
        Source.Files("tests").SelectMany(ChecksIn).Count().ShouldBe(found);
        found.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void None_of_them_is_skipped() => Source.Files("tests").Select(File.ReadAllText)
        .SelectMany(text => Mark().Matches(text)).Select(mark => mark.Value)
        .Where(mark => mark.Contains("Skip", StringComparison.Ordinal)).ShouldBeEmpty();

    private static SortedDictionary<string, List<string>> BySentence(IEnumerable<string> files) => new(
        files.SelectMany(ChecksIn)
            .SelectMany(check => check.Sentences.Select(sentence => (Sentence: sentence, check.Name)))
            .GroupBy(check => check.Sentence, check => check.Name, StringComparer.Ordinal)
            .ToDictionary(
                checks => checks.Key, checks => checks.Order(StringComparer.Ordinal).ToList(), StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static IEnumerable<(string[] Sentences, string Name)> ChecksIn(string file)
    {
        var text = File.ReadAllText(file);
        var space = Namespace().Match(text).Groups["name"].Value;
        return Check().Matches(text).Select(check => (
            check.Groups["sentences"].Value.Split(',').Select(sentence => sentence.Trim().Trim('"')).ToArray(),
            $"{space}.{Class().Matches(text[..check.Index])[^1].Groups["name"].Value}.{check.Groups["method"].Value}"));
    }

    [GeneratedRegex("""^    \[.*\bControl\("[^)]*"\)\]""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    /// <summary>The attribute, other attributes, and the method that they are of.</summary>
    [GeneratedRegex(
        """^    \[[^\n]*\bControl\((?<sentences>[^)]*)\)\]\n(    [\[ ][^\n]*\n)*    public [^\n(]*\b(?<method>\w+)\(""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Check();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^public (sealed )?(partial )?class (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class();
}
