using JasperFx.Events.Daemon.HighWater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Wakes the publisher and the projections of the instance that leads, whoever appended. A notice that comes while they look is
/// kept for the next time; Marten's own wake-up drops it, and what it told of waited a quarter of a second or a whole one. Only a
/// help: they look each second anyway.
/// </summary>
internal sealed partial class AppendWakeup(
    [FromKeyedServices(Locks.Key)] NpgsqlDataSource database, ILogger<AppendWakeup> logger) : IDaemonWakeup
{
    private readonly CancellationTokenSource lifetime = new();
    private readonly SemaphoreSlim raised = new(0, 1);
    private readonly Pace pace = new();
    private Task listening = Task.CompletedTask;

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        if (listening.IsCompleted) listening = ListenAsync(lifetime.Token);
        await pace.PauseAsync(token);
        await raised.WaitAsync(timeout, token);
        pace.Look();
    }

    public void Dispose()
    {
        lifetime.Cancel();
        lifetime.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Of its own, with a look each second whether it is there; it ends with this process.
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            connection.Notification += (_, _) => Raise();
            await using var listen = new NpgsqlCommand($"listen {AppendNotice.Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            Raise(); // for what was appended before
            while (true) await connection.WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogDeaf(failure.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private void Raise()
    {
        // Only the listener raises: between the look and the release nobody else can.
        if (raised.CurrentCount == 0) raised.Release();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: appends are not heard; the publisher looks each second")]
    private partial void LogDeaf(string failure);
}
