using System.Diagnostics;
using EPerfect.Accounts.Pages;

namespace EPerfect.Accounts.Tests.Pages;

public sealed class SameTimeTests
{
    [Theory]
    [InlineData(50, 500)]
    [InlineData(600, 1000)]
    public async Task An_answer_comes_at_the_next_of_the_fixed_moments(int takes, int answered)
    {
        var watch = Stopwatch.StartNew();

        await new SameTime(TimeProvider.System).TakeAsync(
            async () =>
            {
                await Task.Delay(takes);
                return true;
            },
            default);

        watch.Elapsed.TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(answered);
    }
}
