using System.Threading.Channels;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The one door for writes. What waits at the same time is committed together: up to <see cref="MostTogether"/> units
/// run over one session, which saves once. A lone unit waits for nobody. If a unit spoils the batch, every unit runs
/// again alone, so that none fails for its neighbour. Group commit is also what makes the wake-up of the publisher
/// cheap: one NOTIFY a batch, not one an event. One batch at a time: two beside each other are each half as large, and
/// cost more than they save.
/// </summary>
/// <param name="store">What is written to.</param>
/// <param name="definition">Which deadlines follow from what is written.</param>
/// <param name="clock">The time.</param>
/// <param name="deadlines">Raised when something that is due was committed.</param>
/// <param name="logger">Hears of lost races.</param>
public sealed partial class Writer(
    IDocumentStore store,
    ServiceDefinition definition,
    TimeProvider clock,
    DeadlineSignal deadlines,
    ILogger<Writer> logger) : BackgroundService
{
    private const int MostTogether = 64;

    private readonly Channel<Unit> waiting =
        Channel.CreateBounded<Unit>(new BoundedChannelOptions(4096) { SingleReader = true });

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
            id,
            CommandContext.For(actor),
            (work, token) => work.ChangeAsync(id, decide, token),
            StreamAhead.Of<T>(id),
            cancellationToken);

    /// <summary>Carries out one unit of work outside of a request.</summary>
    /// <param name="lane">The stream that is changed; units of one lane run one after the other.</param>
    /// <param name="actor">The part of the service that acts.</param>
    /// <param name="work">Loads, decides and appends. May run more than once.</param>
    /// <param name="cancellationToken">Gives up waiting; what was already being written stays written.</param>
    /// <returns>What was decided and committed.</returns>
    public Task<Decision> WriteAsync(
        Guid lane,
        string actor,
        Func<UnitOfWork, CancellationToken, Task<Decision>> work,
        CancellationToken cancellationToken) =>
        WriteAsync(lane, CommandContext.For(actor), work, ahead: null, cancellationToken);

    /// <summary>Carries out one unit of work of a request that <see cref="Commands"/> has no form for.</summary>
    /// <param name="lane">The stream that is changed; units of one lane run one after the other.</param>
    /// <param name="caller">Whose request it is, and in which role.</param>
    /// <param name="work">Loads, decides and appends. May run more than once.</param>
    /// <param name="cancellationToken">Gives up waiting; what was already being written stays written.</param>
    /// <returns>What was decided and committed.</returns>
    public Task<Decision> WriteAsync(
        Guid lane,
        Caller caller,
        Func<UnitOfWork, CancellationToken, Task<Decision>> work,
        CancellationToken cancellationToken) =>
        WriteAsync(lane, CommandContext.For(caller), work, ahead: null, cancellationToken);

    internal async Task<Answer> WriteAsync(Unit unit, CancellationToken cancellationToken)
    {
        await waiting.Writer.WriteAsync(unit, cancellationToken);
        return await unit.Completion.WaitAsync(cancellationToken);
    }

    internal async Task<Decision> WriteAsync(
        Guid lane,
        CommandContext context,
        Func<UnitOfWork, CancellationToken, Task<Decision>> work,
        StreamAhead? ahead,
        CancellationToken cancellationToken)
    {
        var decision = Decision.Nothing;
        await WriteAsync(
            new Unit(context, lane, async (unit, token) =>
            {
                decision = await work(unit, token);
                return decision.Refusal is { } refusal ? Answer.Refused(refusal) : Answer.Done;
            })
            {
                Ahead = ahead,
            },
            cancellationToken);
        return decision;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } drained) await drained.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(DrainAsync, CancellationToken.None);

    private async Task DrainAsync()
    {
        var batch = new Batch(MostTogether);
        // In their order: who waits for one of the same stream is the first of the next batch.
        var behind = new List<Unit>();
        while (behind.Count > 0 || await waiting.Reader.WaitToReadAsync())
        {
            behind.RemoveAll(batch.TryAdd);
            while (batch.Units.Count < MostTogether && behind.Count < MostTogether && waiting.Reader.TryRead(out var unit))
            {
                if (!batch.TryAdd(unit)) behind.Add(unit);
            }

            await CommitAsync(batch.Units);
            batch.Clear();
        }
    }

    private async Task CommitAsync(IReadOnlyList<Unit> units, bool isAgain = false)
    {
        if (units.Count == 1)
        {
            await CommitAloneAsync(units[0]);
            return;
        }

        switch (await TryAsync(units))
        {
            case (null, _): return;
            case (NeighbourChangedException, { } at):
                await CommitAsync([.. units.Take(at)], isAgain);
                await CommitAsync([.. units.Skip(at)], isAgain);
                return;
            case ({ } outage, { } at) when IsOutage(outage) && !isAgain:
                // What it leans on may be its own affair.
                units[at].Fail(outage);
                await CommitAsync([.. units.Where((_, place) => place != at)], isAgain: true);
                return;
            case ({ } outage, _) when IsOutage(outage):
                // Whether it was committed is not known, and alone it would only wait again. Who asks again finds the receipt.
                foreach (var unit in units) unit.Fail(outage);
                return;
            default:
                foreach (var unit in units) await CommitAloneAsync(unit);
                return;
        }
    }

    /// <summary>A lost race passes too, but is decided again.</summary>
    private static bool IsOutage(Exception failure) => Outages.Is(failure) && !Conflicts.Is(failure);

    /// <summary>A lost race is decided again on what is stored by then, holding the stream so as not to lose for ever.</summary>
    private async Task CommitAloneAsync(Unit unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (failure, _) = await TryAsync([unit], exclusively: attempt > 1);
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

    private async Task<(Exception? Failure, int? At)> TryAsync(IReadOnlyList<Unit> units, bool exclusively = false)
    {
        CommitAttempt? attempt = null;
        try
        {
            await using var session = attempt = new CommitAttempt(store.LightweightSession(), definition, clock, exclusively);
            var answers = await attempt.RunAsync(units);
            for (var i = 0; i < units.Count; i++) units[i].Complete(answers[i]);
            if (attempt.HasDue) deadlines.Raise();
            return (null, null);
        }
        catch (Exception failure)
        {
            return (failure, attempt?.Running);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Conflict}: deciding again, attempt {Attempt}")]
    private partial void LogConflict(string conflict, int attempt);
}
