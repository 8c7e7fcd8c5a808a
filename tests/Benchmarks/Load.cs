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

    public async Task<Result> RunAsync(int connections, TimeSpan duration)
    {
        var worked = Worked();
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync(watch, duration)));
        var all = latencies.SelectMany(each => each).Order().ToList();
        return new Result(
            all.Count / watch.Elapsed.TotalSeconds,
            all[all.Count / 2],
            all[all.Count * 99 / 100],
            (Worked() - worked) / all.Count);
    }

    private TimeSpan Worked() => parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Worked);

    private async Task<List<TimeSpan>> AskAsync(Stopwatch watch, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[8192];
        var took = new List<TimeSpan>();
        while (watch.Elapsed < duration)
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
        }

        return took;
    }

    /// <summary>The read is short JSON: it ends with its brace, in one chunk or by its length.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.Length >= 12 && !answer.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException(Encoding.ASCII.GetString(answer));
        return answer.EndsWith("}"u8) || answer.EndsWith("\r\n0\r\n\r\n"u8);
    }
}

/// <summary>What came out.</summary>
internal sealed record Result(double PerSecond, TimeSpan Median, TimeSpan Slow, TimeSpan Work)
{
    public override string ToString() =>
        $"{PerSecond,6:F0}/s p50 {Median.TotalMilliseconds:F2} p99 {Slow.TotalMilliseconds:F2} ms, " +
        $"{Work.TotalMicroseconds:F0} us";
}
