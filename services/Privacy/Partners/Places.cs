using System.Threading.RateLimiting;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners;

/// <summary>How many are at something at once on this instance: one partner takes no place that another needs, and all together
/// none that the rest of the service needs.</summary>
/// <param name="mostOfOne">Of one partner.</param>
/// <param name="mostOfAll">Of all together.</param>
/// <param name="tooMany">What a partner is told that has all of its places.</param>
/// <param name="tooCrowded">What is told when all are taken.</param>
internal abstract class Places(int mostOfOne, int mostOfAll, Refusal tooMany, Refusal tooCrowded) : IDisposable
{
    /// <summary>Who has a place leaves it within this time more often than not.</summary>
    public const string RetryAfterSeconds = "5";

    private readonly PartitionedRateLimiter<Guid> ofOne = PartitionedRateLimiter.Create<Guid, Guid>(
        partner => RateLimitPartition.GetConcurrencyLimiter(partner, _ => Most(mostOfOne)));

    private readonly ConcurrencyLimiter ofAll = new(Most(mostOfAll));

    /// <summary>Held as long as it lasts.</summary>
    public (IDisposable? Held, Refusal? Refusal) Take(Guid partner)
    {
        var one = ofOne.AttemptAcquire(partner);
        if (!one.IsAcquired) return (null, tooMany);
        var all = ofAll.AttemptAcquire();
        if (all.IsAcquired) return (new Place(one, all), null);
        one.Dispose();
        return (null, tooCrowded);
    }

    /// <summary>How many places a partner has left.</summary>
    public long FreeOf(Guid partner) => ofOne.GetStatistics(partner)?.CurrentAvailablePermits ?? mostOfOne;

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
