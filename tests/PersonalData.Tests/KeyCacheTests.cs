using Microsoft.Extensions.Time.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class KeyCacheTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_key_is_overwritten_when_its_time_is_over()
    {
        using var cache = new KeyCache(clock);
        var key = Put(cache, Name(1));

        clock.Advance(KeyCache.Lifetime);

        cache.Find(Name(1), null).ShouldBeNull();
        IsGone(key).ShouldBeTrue();
    }

    [Fact]
    public void A_key_that_nobody_asks_for_is_overwritten_all_the_same()
    {
        using var cache = new KeyCache(clock);
        var key = Put(cache, Name(1));

        clock.Advance(KeyCache.Lifetime);
        cache.Sweep();

        IsGone(key).ShouldBeTrue();
    }

    [Fact]
    public void Beyond_its_capacity_the_key_least_recently_used_is_overwritten()
    {
        using var cache = new KeyCache(clock, capacity: 2);
        var (first, second) = (Put(cache, Name(1)), Put(cache, Name(2)));
        cache.Find(Name(1), 1).ShouldBe(first);

        var third = Put(cache, Name(3));

        (IsGone(first), IsGone(second), IsGone(third)).ShouldBe((false, true, false));
    }

    [Fact]
    public void A_change_in_the_store_overwrites_everything()
    {
        using var cache = new KeyCache(clock);
        cache.MoveTo(7);
        var key = Put(cache, Name(1));

        cache.MoveTo(7);
        IsGone(key).ShouldBeFalse();
        cache.MoveTo(8);

        IsGone(key).ShouldBeTrue();
        cache.Find(Name(1), null).ShouldBeNull();
    }

    [Fact]
    public void A_key_read_before_a_change_does_not_enter_after_it()
    {
        using var cache = new KeyCache(clock);
        var mark = cache.Mark;
        cache.MoveTo(8);

        var key = new DataKey(1, KeyState.Active, Secret());
        cache.Put(Name(1), new KeyRing([key]), mark);

        cache.Find(Name(1), null).ShouldBeNull();
        IsGone(key).ShouldBeTrue();
    }

    [Fact]
    public void Disposing_overwrites_everything()
    {
        var cache = new KeyCache(clock);
        var key = Put(cache, Name(1));

        cache.Dispose();

        IsGone(key).ShouldBeTrue();
    }

    [Fact]
    public void A_secret_is_overwritten_as_soon_as_the_cipher_has_it()
    {
        var secret = Secret();

        using var key = new DataKey(1, KeyState.Active, secret);

        secret.ShouldBe(new byte[32]);
        IsGone(key).ShouldBeFalse();
    }

    [Fact]
    public void A_key_in_use_works_rightly_or_says_that_it_is_gone_while_the_cache_overwrites_its_own()
    {
        using var cache = new KeyCache(clock, capacity: 2);
        using var other = new DataKey(1, KeyState.Active, Secret());
        other.TrySeal("value"u8, default, out var box).ShouldBeTrue();
        var (opened, gone) = (0, 0);

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, round =>
        {
            var name = Name(1 + (round % 3));
            if (cache.Find(name, 1) is not { } key)
            {
                Put(cache, name);
                return;
            }

            var plain = new byte[5];
            if (key.TryOpen(box, default, plain))
            {
                plain.ShouldBe("value"u8.ToArray());
                Interlocked.Increment(ref opened);
            }
            else
            {
                Interlocked.Increment(ref gone);
            }
        });

        opened.ShouldBeGreaterThan(0);
        gone.ShouldBeLessThan(opened);
    }

    private static KeyName Name(int number) => new(new Guid(number, 0, 0, new byte[8]), DataGroup.Identity);

    private static byte[] Secret() => [.. Enumerable.Repeat((byte)0xA5, 32)];

    private static DataKey Put(KeyCache cache, KeyName name)
    {
        var key = new DataKey(1, KeyState.Active, Secret());
        cache.Put(name, new KeyRing([key]), cache.Mark);
        return key;
    }

    private static bool IsGone(DataKey key) => !key.TrySeal("value"u8, default, out _);
}
