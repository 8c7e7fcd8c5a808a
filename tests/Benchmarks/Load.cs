using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace EPerfect.Benchmarks;

/// <summary>
/// Asks over and over on a few connections that stay open. Bare sockets: a client that does more would take the
/// processor from what is measured, and make all ratios look better.
/// </summary>
internal sealed class Load
{
    private readonly Uri address;
    private readonly byte[] request;
    private readonly Part[] parts;

    /// <param name="address">Whom to ask.</param>
    /// <param name="token">What to show; null for nothing.</param>
    /// <param name="parts">Whose work it is.</param>
    public Load(Uri address, string? token, params Part[] parts)
    {
        (this.address, this.parts) = (address, parts);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        request = Encoding.ASCII.GetBytes(
            $"GET /api/orders/read HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json\r\n{authorization}\r\n");
    }

    /// <summary>Asks until there is an answer. The first token waits for the provider's keys, and on a busy machine the
    /// gateway gives up on them after five seconds: 503, which is no part of what is measured.</summary>
    public async Task BeginAsync()
    {
        for (var attempt = 1; (await RunAsync(connections: 1, TimeSpan.Zero)).Refusal is { } refusal; attempt++)
        {
            if (attempt == 60) throw new InvalidOperationException($"There is no answer but this: {refusal}");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public async Task<Result> RunAsync(int connections, TimeSpan duration)
    {
        var worked = Worked();
        var watch = Stopwatch.StartNew();
        var turns = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync(watch, duration)));
        var all = turns.SelectMany(turn => turn.Took).Order().ToList();
        return new Result(
            all.Count / watch.Elapsed.TotalSeconds,
            all[all.Count / 2],
            all[all.Count * 99 / 100],
            (Worked() - worked) / all.Count,
            turns.Sum(turn => turn.Refusals.Count),
            turns.SelectMany(turn => turn.Refusals).FirstOrDefault());
    }

    private TimeSpan Worked() => parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Worked);

    private async Task<(List<TimeSpan> Took, List<string> Refusals)> AskAsync(Stopwatch watch, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[8192];
        var took = new List<TimeSpan>();
        var refusals = new List<string>();
        do
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            var read = 0;
            do
            {
                var more = await socket.ReceiveAsync(buffer.AsMemory(read));
                if (more == 0) throw new IOException("The connection was closed.");
                read += more;
            }
            while (!IsWhole(buffer.AsSpan(0, read)));

            took.Add(Stopwatch.GetElapsedTime(start));
            if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8)) refusals.Add(Told(buffer.AsSpan(0, read)));
        }
        while (watch.Elapsed < duration);

        return (took, refusals);
    }

    /// <summary>All is short JSON: it ends with its brace, in one chunk or by its length.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer) =>
        answer.EndsWith("}"u8) || answer.EndsWith("\r\n0\r\n\r\n"u8);

    /// <summary>The status and the problem, without the headers between them.</summary>
    private static string Told(ReadOnlySpan<byte> answer)
    {
        var text = Encoding.ASCII.GetString(answer);
        return $"{text[..text.IndexOf('\r')]} {text[text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Trim()}";
    }
}

/// <summary>What came out. A turn in which something was refused measures nothing.</summary>
internal sealed record Result(
    double PerSecond, TimeSpan Median, TimeSpan Slow, TimeSpan Work, int Refused, string? Refusal)
{
    public override string ToString() =>
        $"{PerSecond,6:F0}/s p50 {Median.TotalMilliseconds:F2} p99 {Slow.TotalMilliseconds:F2} ms, " +
        $"{Work.TotalMicroseconds:F0} us";
}
