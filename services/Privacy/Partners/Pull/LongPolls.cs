using System.Threading.RateLimiting;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

/// <summary>How many wait for the feed at once on this instance: one partner takes no place that another needs, and all
/// together none that the rest of the service needs.</summary>
internal sealed class LongPolls : IDisposable
{
    /// <summary>A program for each way of a partner's own, and some that did not notice that they were cut off.</summary>
    internal const int MostOfOne = 8;

    /// <summary>Of five hundred requests that the gateway lets through to the service at once.</summary>
    private const int MostOfAll = 100;

    private readonly PartitionedRateLimiter<Guid> ofOne = PartitionedRateLimiter.Create<Guid, Guid>(
        partner => RateLimitPartition.GetConcurrencyLimiter(partner, _ => Most(MostOfOne)));

    private readonly ConcurrencyLimiter ofAll;

    public LongPolls()
        : this(MostOfAll)
    {
    }

    internal LongPolls(int mostOfAll) => ofAll = new(Most(mostOfAll));

    /// <summary>Held as long as it waits.</summary>
    public (IDisposable? Held, Refusal? Refusal) Take(Guid partner)
    {
        var one = ofOne.AttemptAcquire(partner);
        if (!one.IsAcquired) return (null, PullRefusals.TooManyPolls);
        var all = ofAll.AttemptAcquire();
        if (all.IsAcquired) return (new Place(one, all), null);
        one.Dispose();
        return (null, PullRefusals.TooCrowded);
    }

    /// <summary>How many more of a partner may wait.</summary>
    public long FreeOf(Guid partner) => ofOne.GetStatistics(partner)?.CurrentAvailablePermits ?? MostOfOne;

    public void Dispose()
    {
        ofOne.Dispose();
        ofAll.Dispose();
    }

    private static ConcurrencyLimiterOptions Most(int most) => new() { PermitLimit = most, QueueLimit = 0 };

    private sealed class Place(RateLimitLease one, RateLimitLease all) : IDisposable
    {
        public void Dispose()
        {
            all.Dispose();
            one.Dispose();
        }
    }
}
