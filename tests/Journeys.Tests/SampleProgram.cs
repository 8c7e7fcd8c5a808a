using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EPerfect.Launcher;
using EPerfect.Launcher.Building;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A program of <c>contracts/partners/samples</c>, as a partner starts it, in a folder of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    public static readonly IReadOnlyList<string> Languages = ["node", "python", "csharp"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eperfect-sample-");
    private readonly ConcurrentQueue<string> printed = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly Process process;

    private SampleProgram(IReadOnlyList<string> command, PartnerClient partner, int port)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EPERFECT"] = partner.Home.ToString().TrimEnd('/');
        start.Environment["CLIENT_ID"] = partner.Id;
        start.Environment["CLIENT_SECRET"] = partner.Secret;
        start.Environment["PARTNER_KEY"] = partner.Key;
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PUBLIC_URL"] = Address(port).ToString();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(printed, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(complaints, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed of events: position, type, id and data.</summary>
    public IReadOnlyList<string[]> Events =>
        [.. printed.Select(line => line.Split(' ', 4)).Where(words => words.Length == 4 && long.TryParse(words[0], out _))];

    /// <summary>What it printed of customers: type, customer, and what it knows of the customer then.</summary>
    public IReadOnlyList<string[]> Customers =>
        [.. printed.Select(line => line.Split(' ', 3)).Where(words => words[0].StartsWith("com.", StringComparison.Ordinal))];

    public static Uri Address(int port) => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");

    public static string FolderOf(string language) =>
        Path.Combine(Checkout.Find().Folder, "contracts", "partners", "samples", language);

    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="way">pull, queue, webhook or customers.</param>
    /// <param name="partner">Whose program.</param>
    /// <param name="port">Where a webhook listens.</param>
    public static SampleProgram Start(string language, string way, PartnerClient partner, int port = 0)
    {
        var samples = FolderOf(language);
        return new(
            language switch
            {
                "node" => ["node", Path.Combine(samples, $"{way}.mjs")],
                // The one of the system, for which Debian packs pika.
                "python" => ["/usr/bin/python3", Path.Combine(samples, way == "queue" ? "take_queue.py" : $"{way}.py")],
                _ => [DotNet.Path, "run", Path.Combine(samples, $"{char.ToUpperInvariant(way[0])}{way[1..]}.cs")],
            },
            partner,
            port);
    }

    /// <summary>It printed these and nothing else, in this order, each once.</summary>
    public async Task PrintsAsync(IReadOnlyList<JsonObject> events)
    {
        await UntilAsync(() => Events.Count >= events.Count, $"{events.Count} events");
        Events.Select(words => string.Join(' ', words[..3])).ShouldBe(
            events.Select(e => $"{e["position"]} {e["type"]} {e["id"]}"));
        foreach (var (words, e) in Events.Zip(events))
            JsonNode.DeepEquals(JsonNode.Parse(words[3]), e["data"]).ShouldBeTrue($"{words[3]} is {e["data"]}");
    }

    public Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        try
        {
            await Until.TrueAsync(isSo, what, Patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {string.Join('\n', printed.Concat(complaints).TakeLast(20))}", late);
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
