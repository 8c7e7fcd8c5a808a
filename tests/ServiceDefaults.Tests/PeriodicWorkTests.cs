using EPerfect.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class PeriodicWorkTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Clock clock = new();
    private readonly CapturedLog log = new();

    [Theory]
    [InlineData(60, 2)]
    [InlineData(1, 1)]
    public async Task The_first_turn_comes_soon_and_the_next_ones_at_their_interval(int interval, int first)
    {
        using var work = await StartAsync(interval);

        await AfterAsync(first, work, turns: 1);
        await AfterAsync(interval, work, turns: 2);
        await AfterAsync(interval, work, turns: 3);
    }

    [Fact]
    public async Task A_turn_that_fails_is_logged_and_the_next_one_comes()
    {
        using var work = await StartAsync(interval: 60);
        work.Fails = true;
        await AfterAsync(2, work, turns: 1);
        await Until.TrueAsync(() => Task.FromResult(log.Lines.Count == 1), "the failure is logged");
        log.Lines.Single().ShouldContain("Counting failed; tried again in 01:00:00");

        work.Fails = false;
        await AfterAsync(60, work, turns: 2);
    }

    [Fact]
    public async Task It_ends_when_the_process_does_in_the_middle_of_a_turn_too()
    {
        using var work = await StartAsync(interval: 60);
        work.Lasts = true;
        await AfterAsync(2, work, turns: 1);

        await work.StopAsync(Token);
        log.Lines.ShouldBeEmpty();
    }

    public void Dispose() => log.Dispose();

    private async Task<Counting> StartAsync(int interval)
    {
        var work = new Counting(TimeSpan.FromMinutes(interval), clock, log.CreateLogger("test"));
        await work.StartAsync(Token);
        return work;
    }

    /// <summary>Not a moment sooner: the clock stops just before.</summary>
    private async Task AfterAsync(int minutes, Counting work, int turns)
    {
        await Until.TrueAsync(() => Task.FromResult(clock.Set == turns), "the alarm is set for the next turn");
        clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        work.Turns.ShouldBe(turns - 1);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(() => Task.FromResult(work.Turns == turns), $"turn {turns} comes");
    }

    private sealed class Counting(TimeSpan interval, TimeProvider clock, ILogger logger) : PeriodicWork(interval, clock, logger)
    {
        private volatile int turns;

        public int Turns => turns;

        public bool Fails { get; set; }

        public bool Lasts { get; set; }

        protected override Task DoAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref turns);
            return Fails ? throw new InvalidOperationException("not now")
                : Lasts ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
                : Task.CompletedTask;
        }
    }

    /// <summary>Counts how often an alarm is set.</summary>
    private sealed class Clock : FakeTimeProvider
    {
        private volatile int set;

        public int Set => set;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(base.CreateTimer(callback, state, dueTime, period), this);
            Interlocked.Increment(ref set);
            return alarm;
        }

        private sealed class Alarm(ITimer timer, Clock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var changed = timer.Change(dueTime, period);
                Interlocked.Increment(ref clock.set);
                return changed;
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
