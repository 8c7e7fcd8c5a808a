using System.Text.RegularExpressions;

namespace EPerfect.Gateway.Tests;

/// <summary>gateway/problems.json and the refusals in the sources are the same list.</summary>
public sealed partial class ProblemCatalogueTests
{
    [Fact]
    public void Every_code_that_is_answered_is_explained_and_no_other()
    {
        var answered = Codes();
        var explained = ProblemCatalogue.All.Select(problem => problem.Code).ToHashSet(StringComparer.Ordinal);
        answered.Count.ShouldBeGreaterThan(30);

        var missing = from code in answered where !explained.Contains(code.Key) select $"{code.Key} ({code.Value})";
        var unused = explained.Except(answered.Keys, StringComparer.Ordinal);

        missing.Order(StringComparer.Ordinal).ShouldBeEmpty("These codes need an entry in gateway/problems.json.");
        unused.Order(StringComparer.Ordinal).ShouldBeEmpty("No source answers these codes of gateway/problems.json.");
    }

    [Fact]
    public async Task Every_code_has_a_page_that_says_what_it_means_and_what_helps()
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var problem in ProblemCatalogue.All)
        {
            problem.Status.ShouldNotBeEmpty(problem.Code);
            string[] texts = [problem.Title, problem.Cause, problem.Fix];
            texts.ShouldAllBe(text => text.Length > 0, problem.Code);
            var page = await gateway.Client.GetStringAsync($"/problems/{problem.Code}");
            page.ShouldContain($"<code>{problem.Code}</code>");
        }
    }

    /// <summary>Each code, and the file that answers it.</summary>
    private static Dictionary<string, string> Codes()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "platform.sln"))) root = root.Parent!;
        var found =
            from folder in new[] { "services", "gateway" }
            let path = Path.Combine(root.FullName, folder)
            from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            from refusal in Refusal().Matches(File.ReadAllText(file))
            from code in Code().Matches(refusal.Groups["code"].Value)
            select (Code: code.Groups["name"].Value, File: Path.GetRelativePath(root.FullName, file));
        return found.DistinctBy(pair => pair.Code)
            .ToDictionary(pair => pair.Code, pair => pair.File, StringComparer.Ordinal);
    }

    /// <summary><c>new(409, code, ...)</c>, <c>Refusals.Invalid(code, ...)</c>, <c>WrongState(code, ...)</c>.</summary>
    [GeneratedRegex(
        """\b(new(\s+Refusal)?\(\s*([1-5]\d\d|status|StatusCodes\.\w+)\s*,|(Invalid|WrongState)\()(?<code>[^,;]*)""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refusal();

    [GeneratedRegex("\"(?<name>[a-z][a-z0-9]*(-[a-z0-9]+)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
