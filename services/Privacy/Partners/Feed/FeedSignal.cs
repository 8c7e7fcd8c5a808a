using EPerfect.ServiceDefaults;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>
/// Wakes who waits for the feed as soon as anything is committed, on whichever instance, by the same notice that wakes the
/// publisher. Only a help: whoever waits looks again after a second anyway.
/// </summary>
internal sealed partial class FeedSignal(NpgsqlDataSource database, TimeProvider time, ILogger<FeedSignal> logger)
    : BackgroundService
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private volatile TaskCompletionSource next = New();

    /// <summary>What ends with the next commit. Take it before looking, or a commit in between is not heard.</summary>
    public Task Next => next.Task;

    /// <summary>Waits for what was taken before looking; a second at most.</summary>
    public async Task WaitAsync(Task taken, CancellationToken cancellationToken)
    {
        try
        {
            await taken.WaitAsync(Net, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Looks again.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogDeaf(failure.GetType().Name);
                await Task.Delay(Net, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => Interlocked.Exchange(ref next, New()).TrySetResult();
        await using var listen = new NpgsqlCommand($"listen {AppendNotice.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (await connection.WaitAsync(Silence, cancellationToken)) continue;
                // A connection that is silently dead is found out by asking.
                await using var ask = new NpgsqlCommand("select 1", connection);
                await ask.ExecuteScalarAsync(cancellationToken);
            }
        }
        finally
        {
            // It would go on listening for whoever takes it next from the pool.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand($"unlisten {AppendNotice.Channel}", connection);
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: commits are not heard; partners wait up to a second")]
    private partial void LogDeaf(string failure);
}
