using System.Diagnostics;
using System.Threading.Channels;

namespace EPerfect.Benchmarks;

/// <summary>Asks: as fast as answers come, or at times that are fixed beforehand.</summary>
internal sealed class Generator
{
    /// <summary>Numbers that no other request of this run has.</summary>
    private long next = Stopwatch.GetTimestamp() % 1_000_000_000 * 100;

    /// <summary>Closed loop: each connection asks again when it has its answer.</summary>
    /// <param name="target">Whom, and what.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="answered">Told of each good answer, with the time that it is counted from.</param>
    public async Task<Measured> ClosedAsync(
        Target target, int connections, TimeSpan duration, Action<Reply, DateTimeOffset>? answered = null)
    {
        var measured = new Measured();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var line = new Line();
            await line.ConnectAsync(target.Address);
            while (Stopwatch.GetElapsedTime(begun) < duration)
                await AskAsync(line, target, Stopwatch.GetTimestamp(), measured, answered);
        }));
        measured.Duration = Stopwatch.GetElapsedTime(begun);
        return measured;
    }

    /// <summary>Open loop: requests come at their time, whether or not those before have been answered. Counted from when a
    /// request should have started, so that waiting for a free connection is counted too.</summary>
    /// <param name="target">Whom, and what.</param>
    /// <param name="perSecond">How many come.</param>
    /// <param name="connections">How many can be on their way.</param>
    /// <param name="duration">How long.</param>
    /// <param name="answered">Told of each good answer, with the time that it is counted from.</param>
    public async Task<Measured> OpenAsync(
        Target target, double perSecond, int connections, TimeSpan duration, Action<Reply, DateTimeOffset>? answered = null)
    {
        var measured = new Measured();
        var due = Channel.CreateUnbounded<long>(new() { SingleWriter = true });
        var begun = Stopwatch.GetTimestamp();
        var clock = new Thread(() => Come(due.Writer, begun, perSecond, duration)) { Priority = ThreadPriority.AboveNormal };
        clock.Start();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var line = new Line();
            await line.ConnectAsync(target.Address);
            await foreach (var start in due.Reader.ReadAllAsync()) await AskAsync(line, target, start, measured, answered);
        }));
        measured.Duration = Stopwatch.GetElapsedTime(begun);
        return measured;
    }

    private async Task AskAsync(
        Line line, Target target, long start, Measured measured, Action<Reply, DateTimeOffset>? answered)
    {
        var reply = await line.AskAsync(target.Request(Interlocked.Increment(ref next)), target.WithBody);
        var took = Stopwatch.GetElapsedTime(start);
        if (reply.Good)
        {
            measured.Add(took);
            answered?.Invoke(reply, DateTimeOffset.UtcNow - took);
        }
        else
        {
            measured.Refuse(reply);
        }
    }

    private static void Come(ChannelWriter<long> due, long begun, double perSecond, TimeSpan duration)
    {
        var all = (long)(duration.TotalSeconds * perSecond);
        for (long come = 0; come < all; Thread.Sleep(1))
        {
            var passed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            for (; come < all && come / perSecond <= passed; come++)
                due.TryWrite(begun + (long)(come / perSecond * Stopwatch.Frequency));
        }

        due.Complete();
    }
}
