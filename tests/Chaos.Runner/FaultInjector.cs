using System.Collections.Concurrent;
using EPerfect.Launcher;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Chaos;

/// <summary>Does to the platform what the schedule says, and makes it good again.</summary>
internal sealed class FaultInjector(RunningPlatform platform, Timeline timeline)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> targets = new(StringComparer.Ordinal);

    /// <summary>How many faults were injected.</summary>
    public int Done => done;

    private int done;

    /// <summary>Returns when the last fault is mended.</summary>
    public Task RunAsync(IReadOnlyList<Fault> schedule, CancellationToken ct) =>
        Task.WhenAll(schedule.Select(fault => InTimeAsync(fault, ct)));

    private async Task InTimeAsync(Fault fault, CancellationToken ct)
    {
        await Task.Delay(fault.At, ct);
        // One fault at a time of one target: what is being started again is not killed before it runs.
        var target = targets.GetOrAdd(fault.Target, _ => new SemaphoreSlim(1, 1));
        await target.WaitAsync(ct);
        try
        {
            timeline.Note($"fault {fault}");
            await InjectAsync(fault, ct);
            Interlocked.Increment(ref done);
            timeline.Note($"mended {fault.Kind} {fault.Target}");
        }
        finally
        {
            target.Release();
        }
    }

    private async Task InjectAsync(Fault fault, CancellationToken ct)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await platform.KillAsync(fault.Target);
                await Task.Delay(fault.Lasts, ct);
                await StartAsync(fault.Target, ct);
                break;
            case FaultKind.Pause:
                platform.Pause(fault.Target);
                await Task.Delay(fault.Lasts, ct);
                platform.Continue(fault.Target);
                break;
            case FaultKind.Fail or FaultKind.Hang:
                var (service, calls) = OutsideSystem.All[fault.Target];
                var outside = new OutsideSystem(platform.ConnectionString(service), calls);
                await InsistAsync(() => outside.BreakAsync(fault.Kind), ct);
                await Task.Delay(fault.Lasts, ct);
                await InsistAsync(outside.MendAsync, ct);
                break;
            default:
                var cable = platform.Cables[fault.Target];
                if (fault.Kind is FaultKind.Drop) cable.Cut();
                if (fault.Kind is FaultKind.Clog) cable.Clog();
                if (fault.Kind is FaultKind.HalfOpen) cable.HalfOpen();
                if (fault.Kind is FaultKind.Delay) cable.Slow(TimeSpan.FromMilliseconds(400));
                await Task.Delay(fault.Lasts, ct);
                cable.Mend();
                break;
        }
    }

    /// <summary>As whoever watches over processes does: what ended while it was starting, for what it needs is away as well, is
    /// started once more.</summary>
    private async Task StartAsync(string part, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await platform.StartAgainAsync(part, ct);
                return;
            }
            catch (Exception failed) when (
                attempt < 30 && failed is LaunchException or InvalidOperationException or NpgsqlException)
            {
                timeline.Note($"start {part}: {failed.Message.ReplaceLineEndings(" ")}");
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }
    }

    /// <summary>PostgreSQL may be away itself.</summary>
    private static async Task InsistAsync(Func<Task> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception away) when (attempt < 60 && away is NpgsqlException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }
}
