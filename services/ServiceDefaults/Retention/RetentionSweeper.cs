using EPerfect.PersonalData;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Runs the rules that remove rows. Of several instances one runs a rule at a time; what it removes and how much that is
/// commit together, and the event that tells it follows, once, whoever is killed in between.
/// </summary>
public sealed class RetentionSweeper(
    ServiceDefinition definition,
    NpgsqlDataSource database,
    Writer writer,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<RetentionSweeper> logger) : PeriodicWork(Interval, clock, logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    protected override Task DoAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    /// <summary>Runs every rule once; one that fails keeps no other from running.</summary>
    /// <param name="cancellationToken">The service stops.</param>
    /// <exception cref="AggregateException">What failed; it is done at the next turn.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var (rule, by) in definition.Swept)
        {
            try
            {
                await RunAsync(rule, by, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task RunAsync(Retention rule, Type by, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await RetentionTable.EnsureAsync(connection, rule.Rule, now, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await RetentionTable.LockAsync(transaction, rule.Rule, cancellationToken)) return;
            await using var scope = scopes.CreateAsyncScope();
            var sweep = (IRetentionSweep)scope.ServiceProvider.GetRequiredService(by);
            var removed = await sweep.SweepAsync(
                new RetentionRun(rule, transaction, rule.BeginOfThoseThatEnd(now), now), cancellationToken);
            await RetentionTable.RanAsync(transaction, rule.Rule, now, removed, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await TellAsync(rule, cancellationToken);
    }

    /// <summary>Tells what was removed and not told yet, by this run or by one that was cut short.</summary>
    private async Task TellAsync(Retention rule, CancellationToken cancellationToken)
    {
        if (await UntoldAsync(rule, cancellationToken) == 0) return;
        await writer.WriteAsync(
            RetentionHistory.StreamOf(rule.Rule),
            $"retention/{rule.Rule}",
            (work, token) => work.ChangeAsync<RetentionHistory>(
                RetentionHistory.StreamOf(rule.Rule),
                async (_, inner) =>
                {
                    // Of two who tell at once the second loses the race for the stream, and finds nothing left.
                    var removed = await UntoldAsync(rule, inner);
                    if (removed == 0) return Decision.Nothing;
                    work.Session.QueueSqlCommand(RetentionTable.Told, removed, rule.Rule);
                    return Decision.Of(new RetentionApplied(rule.Rule, rule.Period, removed, Clock.GetUtcNow()));
                },
                token),
            cancellationToken);
    }

    private async Task<int> UntoldAsync(Retention rule, CancellationToken cancellationToken) =>
        (await RetentionTable.ReadAsync(database, cancellationToken)).GetValueOrDefault(rule.Rule).Removed;
}
