using System.Threading.Channels;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The one door for writes. What waits at the same time is committed together: a few writers take up to
/// <see cref="MostTogether"/> units each, run them over one session and save once. A lone unit waits for nobody. If a
/// unit spoils the batch, every unit runs again alone, so that none fails for its neighbour. Group commit is also what
/// makes the wake-up of the publisher cheap: one NOTIFY a batch, not one an event.
/// </summary>
public sealed partial class Writer : BackgroundService
{
    private const int MostTogether = 64;
    private readonly IDocumentStore store;
    private readonly TimeProvider clock;
    private readonly DeadlineSignal deadlines;
    private readonly ILogger<Writer> logger;
    private readonly Channel<Unit>[] lanes;

    /// <summary>Made by the container, once per process.</summary>
    public Writer(IDocumentStore store, TimeProvider clock, DeadlineSignal deadlines, ILogger<Writer> logger)
    {
        (this.store, this.clock, this.deadlines, this.logger) = (store, clock, deadlines, logger);
        lanes = [.. Enumerable.Range(0, 4).Select(_ => Channel.CreateBounded<Unit>(
            new BoundedChannelOptions(1024) { SingleReader = true }))];
    }

    /// <summary>Changes one aggregate outside of a request: from a deadline, or at start.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream; it is started if it does not exist and something is decided.</param>
    /// <param name="actor">The part of the service that acts, such as <c>orders/capture-payment</c>.</param>
    /// <param name="decide">Given the state (null: no such stream), what happens now. May run more than once.</param>
    /// <param name="cancellationToken">Gives up waiting; what was already being written stays written.</param>
    /// <returns>What was decided and committed.</returns>
    public Task<Decision> ChangeAsync<T>(
        Guid id, string actor, Func<T?, Decision> decide, CancellationToken cancellationToken)
        where T : class => WriteAsync(
            id, actor, (work, token) => work.ChangeAsync(id, decide, token), cancellationToken);

    /// <summary>Carries out one unit of work outside of a request.</summary>
    /// <param name="lane">The stream that is changed; units of one lane run one after the other.</param>
    /// <param name="actor">The part of the service that acts.</param>
    /// <param name="work">Loads, decides and appends. May run more than once.</param>
    /// <param name="cancellationToken">Gives up waiting; what was already being written stays written.</param>
    /// <returns>What was decided and committed.</returns>
    public async Task<Decision> WriteAsync(
        Guid lane,
        string actor,
        Func<UnitOfWork, CancellationToken, Task<Decision>> work,
        CancellationToken cancellationToken)
    {
        var decision = Decision.Nothing;
        await WriteAsync(
            new Unit(CommandContext.For(actor), lane, async (unit, token) =>
            {
                decision = await work(unit, token);
                return decision.Refusal is { } refusal ? Answer.Refused(refusal) : Answer.Done;
            }),
            cancellationToken);
        return decision;
    }

    internal async Task<Answer> WriteAsync(Unit unit, CancellationToken cancellationToken)
    {
        var lane = lanes[(uint)unit.Lane.GetHashCode() % (uint)lanes.Length];
        await lane.Writer.WriteAsync(unit, cancellationToken);
        return await unit.Completion.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in lanes) lane.Writer.TryComplete();
        if (ExecuteTask is { } drained) await drained.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(lanes.Select(lane => Task.Run(() => DrainAsync(lane.Reader), CancellationToken.None)));

    private async Task DrainAsync(ChannelReader<Unit> waiting)
    {
        var batch = new Batch(MostTogether);
        while (await waiting.WaitToReadAsync())
        {
            while (waiting.TryPeek(out var unit) && batch.TryAdd(unit)) waiting.TryRead(out _);
            await CommitAsync(batch.Units);
            batch.Clear();
        }
    }

    private async Task CommitAsync(IReadOnlyList<Unit> units)
    {
        if (units.Count > 1)
        {
            var failure = await TryAsync(units);
            if (failure is null) return;
            if (Outages.Is(failure))
            {
                // Whether it was committed is not known, and alone it would only wait again. Who asks again finds the
                // receipt.
                foreach (var unit in units) unit.Fail(failure);
                return;
            }
        }

        foreach (var unit in units) await CommitAloneAsync(unit);
    }

    /// <summary>A lost race is decided again on what is stored by then, this time holding the stream, so as not to lose
    /// for ever.</summary>
    private async Task CommitAloneAsync(Unit unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync([unit], exclusively: attempt > 1);
            if (failure is null) return;
            if (!Conflicts.Is(failure) || attempt == 8)
            {
                unit.Fail(failure);
                return;
            }

            LogConflict(failure.GetType().Name, attempt);
            await Task.Delay(Random.Shared.Next(1, 5 * attempt));
        }
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<Unit> units, bool exclusively = false)
    {
        try
        {
            await using var attempt = new CommitAttempt(store.LightweightSession(), clock, exclusively);
            var answers = await attempt.RunAsync(units);
            for (var i = 0; i < units.Count; i++) units[i].Complete(answers[i]);
            if (attempt.Changed) deadlines.Raise();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Conflict}: deciding again, attempt {Attempt}")]
    private partial void LogConflict(string conflict, int attempt);
}
