using System.Diagnostics;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Output;

namespace EPerfect.Launcher.Demo;

/// <summary>Tells the demo step by step: what was asked, what happened because of it, how long it took.</summary>
internal sealed class Narrator(Door door, TextWriter output)
{
    private int steps;

    public async Task<T> StepAsync<T>(string title, string request, Func<Task<T>> work, Func<T, string> outcome)
    {
        var watch = Stopwatch.StartNew();
        output.WriteLine();
        output.WriteLine($"{++steps}. {title}");
        output.WriteLine($"   {request}");
        var result = await work();
        output.WriteLine($"   {outcome(result)}  ({Duration.Text(watch.Elapsed)})");
        return result;
    }

    /// <summary>Reads a history and tells what is new in it; gives how many of its events are told now.</summary>
    public async Task<int> EventsAsync(string service, string path, CancellationToken ct, int told = 0)
    {
        var history = await door.GetAsync(path, ct);
        var entries = (history as JsonArray ?? history["items"]!.AsArray()).OrderBy(entry => (long)entry!["version"]!);
        foreach (var entry in entries.Skip(told))
        {
            told++;
            Line($"     {service,-9} {(string)entry!["event"]!,-36} by {entry["actor"]}");
        }

        return told;
    }

    public void Line(string text) => output.WriteLine(text);
}
