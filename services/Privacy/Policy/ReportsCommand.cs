using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace EPerfect.Privacy.Policy;

/// <summary>
/// <c>controls FOLDER</c>: reads the reports of a test run (<c>dotnet test --report-xunit-xml</c>) and prints what
/// <see cref="RecordChecks"/> takes. A check of several cases passed if all did; one
/// that was left out did not.
/// </summary>
internal static class ReportsCommand
{
    public static async Task<int> RunAsync(string folder, TextWriter output)
    {
        var request = Read(Directory.EnumerateFiles(folder, "*.xunit.xml", SearchOption.AllDirectories), Controls.Shipped());
        if (request is null)
        {
            await Console.Error.WriteLineAsync($"No report in {folder} names a check that holds a sentence.");
            return 1;
        }

        await output.WriteLineAsync(JsonSerializer.Serialize(request, JsonSerializerOptions.Web));
        return 0;
    }

    internal static RecordChecksRequest? Read(IEnumerable<string> files, Controls controls)
    {
        var cases = files.SelectMany(file => XDocument.Load(file).Descendants("test"))
            .Select(test => (
                Check: $"{test.Attribute("type")?.Value}.{test.Attribute("method")?.Value}",
                Result: test.Attribute("result")?.Value,
                At: test.Attribute("finish-rtf")?.Value is { } at
                    ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
                    : DateTimeOffset.MinValue))
            .Where(test => controls.Has(test.Check))
            .ToList();
        return cases.TrueForAll(test => test.At == DateTimeOffset.MinValue) ? null : new(
            cases.Max(test => test.At),
            controls.Release,
            [.. cases.GroupBy(test => test.Check, StringComparer.Ordinal)
                .Select(check => new CheckOutcome(check.Key, check.All(test => test.Result == "Pass")))
                .OrderBy(outcome => outcome.Check, StringComparer.Ordinal)]);
    }
}
