using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class WindowTests
{
    private static readonly Quota Ten = new(10, 60);
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void In_no_window_is_more_allowed_than_the_quota() => Gen.Int[0, 20].Array[0, 200].Sample(waits =>
    {
        var time = new FakeTimeProvider();
        var windows = new Windows(time, most: 10);
        var (allowed, ends) = (0, DateTimeOffset.MinValue);
        foreach (var wait in waits)
        {
            time.Advance(TimeSpan.FromSeconds(wait));
            var balance = windows.Take("address", Ten, "a", "crowd");
            if (time.GetUtcNow() >= ends) (allowed, ends) = (0, time.GetUtcNow().AddSeconds(60));
            if (balance.Allowed) allowed++;
            if (allowed > 10 || balance.Left != 10 - allowed || balance.ResetSeconds is < 1 or > 60) return false;
        }

        return true;
    });

    [Fact]
    public void Many_at_once_get_together_what_one_may() => Parallel.For(0, 20, round =>
    {
        var windows = new Windows(clock, most: 10);
        var allowed = 0;
        Parallel.For(0, 100, _ =>
        {
            if (windows.Take("address", Ten, $"{round}", "crowd").Allowed) Interlocked.Increment(ref allowed);
        });
        allowed.ShouldBe(10);
    });

    [Fact]
    public void However_many_addresses_there_are_the_memory_has_a_bound()
    {
        var windows = new Windows(clock, most: 100);

        for (var i = 0; i < 10_000; i++) windows.Take("address", Ten, $"{i}", "crowd");

        windows.Count.ShouldBe(100);
        windows.Take("address", Ten, "known only now", "crowd").Allowed.ShouldBeFalse();
        windows.Take("address", Ten, "of another crowd", "others").Allowed.ShouldBeTrue();
        windows.Take("address", Ten, "5", "crowd").Allowed.ShouldBeTrue();
    }

    [Fact]
    public void What_is_over_is_forgotten_when_room_is_needed()
    {
        var windows = new Windows(clock, most: 100);
        for (var i = 0; i < 1000; i++) windows.Take("address", Ten, $"{i}", "crowd");

        clock.Advance(TimeSpan.FromSeconds(61));

        windows.Take("address", Ten, "new", "crowd").Left.ShouldBe(9);
        windows.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void An_IPv6_network_is_one_caller(string one, string other, bool same) =>
        (Callers.Address(IPAddress.Parse(one)) == Callers.Address(IPAddress.Parse(other))).ShouldBe(same);

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:2:2::1", false)]
    [InlineData("203.0.113.7", "2001:db8:2:2::1", false)]
    public void Networks_of_one_IPv6_site_are_counted_together_too(string one, string other, bool same) =>
        (Callers.Site(IPAddress.Parse(one)) == Callers.Site(IPAddress.Parse(other))).ShouldBe(same);

    [Theory]
    [InlineData("203.0.113.7", "203.0.200.1", true)]
    [InlineData("203.0.113.7", "203.1.113.7", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db9::1", false)]
    public void Strangers_share_a_window_with_their_neighbours_alone(string one, string other, bool same) =>
        (Callers.Crowd(IPAddress.Parse(one)) == Callers.Crowd(IPAddress.Parse(other))).ShouldBe(same);
}
