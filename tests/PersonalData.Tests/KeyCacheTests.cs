using Microsoft.Extensions.Time.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class KeyCacheTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_key_is_overwritten_when_its_time_is_over()
    {
        using var cache = new KeyCache(clock);
        var secret = Put(cache, Name(1));

        clock.Advance(KeyCache.Lifetime);

        cache.TryCopy(Name(1), null, out _).ShouldBeFalse();
        secret.ShouldBe(new byte[32]);
    }

    [Fact]
    public void A_key_that_nobody_asks_for_is_overwritten_all_the_same()
    {
        using var cache = new KeyCache(clock);
        var secret = Put(cache, Name(1));

        clock.Advance(KeyCache.Lifetime);
        cache.Sweep();

        secret.ShouldBe(new byte[32]);
    }

    [Fact]
    public void Beyond_its_capacity_the_key_least_recently_used_is_overwritten()
    {
        using var cache = new KeyCache(clock, capacity: 2);
        var (first, second) = (Put(cache, Name(1)), Put(cache, Name(2)));
        Touch(cache, Name(1));

        var third = Put(cache, Name(3));

        second.ShouldBe(new byte[32]);
        first.ShouldNotBe(new byte[32]);
        third.ShouldNotBe(new byte[32]);
    }

    [Fact]
    public void A_change_in_the_store_overwrites_everything()
    {
        using var cache = new KeyCache(clock);
        cache.MoveTo(7);
        var secret = Put(cache, Name(1));

        cache.MoveTo(7);
        secret.ShouldNotBe(new byte[32]);
        cache.MoveTo(8);

        secret.ShouldBe(new byte[32]);
        cache.TryCopy(Name(1), null, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_key_read_before_a_change_does_not_enter_after_it()
    {
        using var cache = new KeyCache(clock);
        var mark = cache.Mark;
        cache.MoveTo(8);

        var secret = Secret();
        cache.Put(Name(1), new KeyRing([new DataKey(1, KeyState.Active, secret)]), mark);

        cache.TryCopy(Name(1), null, out _).ShouldBeFalse();
        secret.ShouldBe(new byte[32]);
    }

    [Fact]
    public void Disposing_overwrites_everything()
    {
        var cache = new KeyCache(clock);
        var secret = Put(cache, Name(1));

        cache.Dispose();

        secret.ShouldBe(new byte[32]);
    }

    [Fact]
    public void A_key_in_use_stays_whole_while_the_cache_overwrites_its_own()
    {
        using var cache = new KeyCache(clock, capacity: 2);
        var torn = 0;
        var seen = 0;

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, round =>
        {
            var name = Name(1 + (round % 3));
            if (cache.TryCopy(name, 1, out var key))
            {
                using (key)
                {
                    Interlocked.Increment(ref seen);
                    torn += key.Secret.SequenceEqual(Secret()) ? 0 : 1;
                }
            }
            else
            {
                Put(cache, name);
            }
        });

        torn.ShouldBe(0);
        seen.ShouldBeGreaterThan(0);
    }

    private static KeyName Name(int number) => new(new Guid(number, 0, 0, new byte[8]), DataGroup.Identity);

    private static byte[] Secret() => [.. Enumerable.Repeat((byte)0xA5, 32)];

    private static byte[] Put(KeyCache cache, KeyName name)
    {
        var secret = Secret();
        cache.Put(name, new KeyRing([new DataKey(1, KeyState.Active, secret)]), cache.Mark);
        return secret;
    }

    private static void Touch(KeyCache cache, KeyName name)
    {
        cache.TryCopy(name, 1, out var key).ShouldBeTrue();
        key!.Dispose();
    }
}
