using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Runs what is due, on any number of instances: a row is claimed by one at a time. After downtime work runs late and
/// is never lost; its effect is once, for it decides on the stream's state.
/// </summary>
internal sealed partial class DeadlineRunner(
    ServiceDefinition definition,
    [FromKeyedServices(DeadlineTable.Name)] NpgsqlDataSource database,
    IDocumentStore store,
    IServiceScopeFactory scopes,
    DeadlineSignal signal,
    TimeProvider clock,
    ILogger<DeadlineRunner> logger) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    /// <summary>Ends before the lease does, so that nothing runs beside its own repeat.</summary>
    private static readonly TimeSpan MostTime = Lease - TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource grace = new();
    private readonly SemaphoreSlim free = new(MostAtOnce, MostAtOnce);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (definition.DeadlineHandlers.Count == 0) return;
        var schema = store.Options.DatabaseSchemaName;
        var pace = new Pace();
        var notHeld = StoppedEffects.NotHeld(definition.Effects);
        string[] kinds = [.. definition.DeadlineHandlers.Keys];
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await free.WaitAsync(stoppingToken);
                free.Release();
                pace.Look();
                var due = await DeadlineTable.ClaimAsync(
                    database, schema, notHeld, kinds, clock.GetUtcNow(), Lease, Math.Max(1, free.CurrentCount), stoppingToken);
                foreach (var (deadline, trace, cause) in due)
                {
                    await free.WaitAsync(stoppingToken);
                    _ = RunAsync(deadline, trace, cause);
                }

                await pace.PauseAsync(stoppingToken);
                if (due.Count == 0) await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                LogPaused(failure);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await WaitForRunningAsync();
    }

    public override void Dispose()
    {
        free.Dispose();
        grace.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(Deadline deadline, string? traceParent, Guid? cause)
    {
        CommandContext.Follow(cause);
        using var activity = Telemetry.Source.StartActivity(
            $"deadline {deadline.Kind}", ActivityKind.Internal, string.IsNullOrEmpty(traceParent) ? null : traceParent);
        activity?.SetTag("eperfect.stream.id", deadline.StreamId);
        // Not the token that says stop: who is in the middle of a call may finish it and store what was answered.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(grace.Token);
        limit.CancelAfter(MostTime);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = (IDeadlineHandler)scope.ServiceProvider.GetRequiredService(
                definition.DeadlineHandlers[deadline.Kind]);
            await handler.RunAsync(deadline, limit.Token);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            activity?.SetTag("eperfect.interrupted", value: true);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            LogFailed(failure, deadline.Kind, deadline.StreamId, Lease.TotalSeconds);
            await NoteAsync(deadline, failure);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>What operators are told of it. The database may be what is away.</summary>
    private async Task NoteAsync(Deadline deadline, Exception failure)
    {
        try
        {
            await DeadlineTable.FailedAsync(
                database, store.Options.DatabaseSchemaName, deadline, failure.GetType().Name, grace.Token);
        }
        catch (Exception away)
        {
            LogNotNoted(deadline.Kind, away.GetType().Name);
        }
    }

    /// <summary>Whoever is in the middle of a call to an outside system may finish and store what it
    /// answered.</summary>
    private async Task WaitForRunningAsync()
    {
        grace.CancelAfter(TimeSpan.FromSeconds(10));
        for (var taken = 0; taken < MostAtOnce; taken++) await free.WaitAsync(TimeSpan.FromSeconds(12), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deadlines are paused for a moment")]
    private partial void LogPaused(Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "That deadline {Kind} failed is not noted: {Failure}")]
    private partial void LogNotNoted(string kind, string failure);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Deadline {Kind} of stream {StreamId} failed; it runs again in {Seconds} s")]
    private partial void LogFailed(Exception failure, string kind, Guid streamId, double seconds);
}
