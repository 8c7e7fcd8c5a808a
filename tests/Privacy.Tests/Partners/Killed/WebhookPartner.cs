using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners.Killed;

/// <summary>A partner's endpoint in a process of its own. What it said that it has stands in its file, also when it was
/// killed.</summary>
internal sealed class WebhookPartner : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"eperfect-{Guid.NewGuid():N}.jsonl");
    private readonly Taken taken = new();
    private readonly int port = FreePort();
    private NodeProgram? program;
    private long read;

    public string Url => $"http://127.0.0.1:{port}/events";

    /// <summary>As its file has it.</summary>
    public Taken Taken
    {
        get
        {
            lock (file) return ReadOn();
        }
    }

    public async Task StartAsync(string secret)
    {
        program = await NodeProgram.StartAsync("receiver", [], [$"{port}", file, secret]);
        await program.StepAsync("listening");
    }

    public void Kill()
    {
        program?.Dispose();
        program = null;
    }

    public void Dispose()
    {
        Kill();
        File.Delete(file);
    }

    private Taken ReadOn()
    {
        if (!File.Exists(file)) return taken;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite) { Position = read };
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // The last line may be in the middle of being written.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        read += whole.Length;
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)) taken.Add(Read(line));
        return taken;
    }

    private static Arrival Read(string line)
    {
        var one = JsonNode.Parse(line)!;
        return new(
            Guid.Parse((string)one["id"]!),
            Guid.Parse((string)one["subject"]!),
            long.Parse((string)one["sequence"]!),
            long.Parse((string)one["position"]!));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
