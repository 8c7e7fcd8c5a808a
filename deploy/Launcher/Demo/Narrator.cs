using System.Diagnostics;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Output;

namespace EPerfect.Launcher.Demo;

/// <summary>Tells the demo step by step: what was asked, what happened because of it, how long it took.</summary>
internal sealed class Narrator(TextWriter output)
{
    private int steps;

    public async Task<T> StepAsync<T>(string title, string request, Func<Task<T>> work, Func<T, string> told)
    {
        var watch = Stopwatch.StartNew();
        output.WriteLine();
        output.WriteLine($"{++steps}. {title}");
        output.WriteLine($"   {request}");
        var result = await work();
        output.WriteLine($"   {told(result)}  ({Duration.Text(watch.Elapsed)})");
        return result;
    }

    /// <summary>One line for each event that a history holds and that was not told yet; the new number of told ones.</summary>
    public int Events(string service, IEnumerable<JsonNode> history, int told)
    {
        foreach (var entry in history.OrderBy(entry => (long)entry["version"]!).Skip(told))
        {
            told++;
            var actor = (string?)entry["actor"] is { } name ? $"by {name}" : "";
            output.WriteLine($"     {service,-9} {(string)entry["event"]!,-36} {actor}".TrimEnd());
        }

        return told;
    }

    public void Line(string text) => output.WriteLine(text);
}
