using System.Diagnostics;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Who looks again and again rests in between: little where a look is cheap, long where it is dear.</summary>
public sealed class PaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_look_there_is_no_pause() =>
        (await PauseAsync(new Pace())).ShouldBeLessThan(TimeSpan.FromMilliseconds(40));

    [Fact]
    public async Task After_a_long_look_the_pause_has_its_bound()
    {
        var pace = new Pace();
        pace.Look();
        await Task.Delay(500, Token);

        (await PauseAsync(pace)).ShouldBeInRange(TimeSpan.FromMilliseconds(45), TimeSpan.FromMilliseconds(450));
    }

    [Fact]
    public async Task A_pause_ends_when_the_service_stops()
    {
        var pace = new Pace();
        pace.Look();
        await Task.Delay(100, Token);

        await Should.ThrowAsync<OperationCanceledException>(pace.PauseAsync(new CancellationToken(canceled: true)));
    }

    private static async Task<TimeSpan> PauseAsync(Pace pace)
    {
        var begun = Stopwatch.GetTimestamp();
        await pace.PauseAsync(Token);
        return Stopwatch.GetElapsedTime(begun);
    }
}
