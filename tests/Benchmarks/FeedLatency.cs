using System.Collections.Concurrent;
using System.Diagnostics;
using EPerfect.Testing;

namespace EPerfect.Benchmarks;

/// <summary>
/// How long an event takes from its commit in Privacy to the partner's program at its queue, beside what the broker itself
/// takes from publishing to consuming, on a queue of the same kind. Open loop: events come at their time, whether or not
/// those before have arrived. The two take turns.
/// </summary>
internal static class FeedLatency
{
    private const int PerSecond = 500;
    private const int Rounds = 7;
    private const double Aim = 50;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync()
    {
        await using var postgres = new PostgresServer();
        await using var broker = new BrokerServer();
        await using var partner = await FeedPartner.StartAsync(postgres, broker);
        await using var bare = await BareQueue.StartAsync(partner.Host);
        Console.WriteLine($"{Environment.ProcessorCount} cores, {PerSecond} events/s, turns of {Turn.TotalSeconds:F0} s");
        Console.WriteLine("            commit to the partner's queue        the broker alone, publish to consume");
        var worst = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var fed = await MeasureAsync(partner.RecordAsync, partner.Arrived);
            var alone = await MeasureAsync(bare.PublishAsync, bare.Arrived);
            // Until everything is compiled as it stays.
            if (round < 0) continue;
            worst.Add(fed.P99);
            Console.WriteLine($"  round {round + 1,2}   {fed}             {alone}");
        }

        worst.Sort();
        Console.WriteLine($"median p99 {worst[Rounds / 2]:F1} ms (aim: under {Aim:F0})");
        return worst[Rounds / 2] < Aim ? 0 : 1;
    }

    /// <param name="send">Sends one. Its answer is the id, and the time that is counted from.</param>
    /// <param name="arrived">When each arrived.</param>
    private static async Task<Latency> MeasureAsync(
        Func<Task<(Guid Id, long At)>> send, ConcurrentDictionary<Guid, long> arrived)
    {
        var sent = new List<Task<(Guid Id, long At)>>();
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var passed && passed < Turn)
        {
            while (sent.Count < passed.TotalSeconds * PerSecond) sent.Add(send());
            await Task.Delay(Tick);
        }

        var all = await Task.WhenAll(sent);
        await Until.TrueAsync(() => Task.FromResult(all.All(one => arrived.ContainsKey(one.Id))), "all have arrived");
        return Latency.Of(all.Select(one => Stopwatch.GetElapsedTime(one.At, arrived[one.Id]).TotalMilliseconds));
    }

    private sealed record Latency(double P50, double P99)
    {
        // What arrives before the writer has come back from its commit took no time.
        public static Latency Of(IEnumerable<double> milliseconds)
        {
            double[] sorted = [.. milliseconds.Select(one => Math.Max(0, one)).Order()];
            return new(sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
        }

        public override string ToString() => $"p50 {P50,6:F1} p99 {P99,6:F1} ms";
    }
}
