using Npgsql;

namespace EPerfect.Domains.Registration.Registry;

/// <summary>
/// Turns a call that ends without an answer into a fact that can be recorded, and says when to ask again.
/// </summary>
internal static class RegistryCalls
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Shorter than a deadline's lease: that there was no answer is recorded before anybody asks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<RegistryAnswer> TryAsync(
        Func<CancellationToken, Task<RegistryAnswer>> call, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception late) when (late is TimeoutException
            || (late is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new RegistryAnswer.NoAnswer("registry-timeout");
        }
        catch (Exception unavailable) when (unavailable is RegistryUnavailableException or NpgsqlException)
        {
            return new RegistryAnswer.NoAnswer("registry-unavailable");
        }
    }

    /// <summary>
    /// Twice as long each time, for as long as it takes: giving up could leave a name registered that was refunded.
    /// </summary>
    public static TimeSpan WaitAfter(int attempt) =>
        attempt > 10 ? LongestWait : TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << (attempt - 1), LongestWait.Ticks));
}
