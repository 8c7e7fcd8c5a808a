using EPerfect.PersonalData;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Destroys again, before the service serves, what it knows to have been erased, and carries out again what else its vault was
/// ordered. Until that is done it does not start: a restored key database must not show those who left, nor lose what is held.
/// </summary>
internal sealed partial class LedgerReplay(
    Vault vault,
    IEnumerable<IErasureLedgerSource> sources,
    IEnumerable<IStandingOrders> orders,
    TimeProvider clock,
    ILogger<LedgerReplay> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ReplayAsync(cancellationToken);
                foreach (var standing in orders) await standing.CarryOutAsync(cancellationToken);
                return;
            }
            catch (Exception failure) when (Outages.Is(failure) && !cancellationToken.IsCancellationRequested)
            {
                LogWaiting(failure.GetType().Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        var total = new Replay(0, 0, 0);
        foreach (var source in sources)
        {
            await foreach (var chunk in source.ReadAsync(cancellationToken).Chunk(1000).WithCancellation(cancellationToken))
                total += await vault.ReplayAsync(chunk, cancellationToken);
        }

        if (total.Shredded + total.Buried > 0) LogReplayed(total.Shredded, total.Buried);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The key database is older than the erasures: {Shredded} groups destroyed again, {Buried} buried again")]
    private partial void LogReplayed(int shredded, int buried);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Failure}: erasures and orders cannot be compared with the key database; waiting")]
    private partial void LogWaiting(string failure);
}
