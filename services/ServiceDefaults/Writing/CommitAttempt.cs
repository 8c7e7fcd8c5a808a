using System.Diagnostics;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>Runs units over one session and saves once.</summary>
internal sealed class CommitAttempt(
    IDocumentSession session, ServiceDefinition definition, TimeProvider clock, bool exclusively) : IAsyncDisposable
{
    /// <summary>A write that hangs holds back the publisher (a gap in the sequence cannot be skipped): better to fail
    /// and retry.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    private readonly HashSet<Guid> changed = [];

    /// <summary>Whether something that was committed has to be done now.</summary>
    public bool HasDue { get; private set; }

    /// <summary>The unit that is at work, by its place; null while all are loaded or saved.</summary>
    public int? Running { get; private set; }

    public async Task<Answer[]> RunAsync(IReadOnlyList<Unit> units)
    {
        using var timeout = new CancellationTokenSource(MostTime);
        var (receipts, ahead) = await LoadAsync(units, timeout.Token);
        var answers = new Answer[units.Count];
        for (var i = 0; i < units.Count; i++)
        {
            Running = i;
            answers[i] = receipts.TryGetValue(units[i].ReceiptId ?? "", out var receipt)
                ? units[i].Replay(receipt)
                : await RunAsync(units[i], ahead[i], alone: units.Count == 1, timeout.Token);
        }

        Running = null;
        // Kept here: the session forgets them once they are saved.
        var written = session.PendingChanges.Streams().ToList();
        if (Pending > 0) await session.SaveChangesAsync(timeout.Token);
        HasDue = definition.DeadlinesOf is { } deadlinesOf && written.SelectMany(stream => stream.Events)
            .SelectMany(deadlinesOf).OfType<DeadlineChange.Set>().Any(set => set.Due <= clock.GetUtcNow());
        return answers;
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>A stream that was only looked at is none.</summary>
    private int Pending => session.PendingChanges.Operations().Count()
        + session.PendingChanges.Streams().Sum(stream => stream.Events.Count);

    private async Task<Answer> RunAsync(Unit unit, LoadedStream? ahead, bool alone, CancellationToken cancellationToken)
    {
        var before = Pending;
        Activity.Current = unit.Context.Activity;
        // Whoever stands in the one door and does not hear that the time is over keeps nobody else out.
        var answer = await unit.Work(new UnitOfWork(session, unit.Context, exclusively, changed, ahead), cancellationToken)
            .WaitAsync(cancellationToken);
        if (answer.Refusal is null)
        {
            if (unit.ReceiptId is { } id)
                session.Insert(new Receipt(id, unit.Fingerprint, answer, clock.GetUtcNow()));
        }
        else if (Pending > before)
        {
            // A refused unit leaves nothing behind. In company its writes cannot be told apart: each runs again alone.
            if (!alone) throw new InvalidOperationException("A refused unit had written: the batch is run apart.");
            session.EjectAllPendingChanges();
        }

        if (!alone) Remember();
        return answer;
    }

    private void Remember()
    {
        foreach (var stream in session.PendingChanges.Streams())
        {
            if (stream.Events.Count > 0) changed.Add(stream.Id);
        }
    }

    /// <summary>In one trip, whatever the units have said that they need.</summary>
    private async Task<(Dictionary<string, Receipt> Receipts, LoadedStream?[] Ahead)> LoadAsync(
        IReadOnlyList<Unit> units, CancellationToken cancellationToken)
    {
        string[] ids = [.. units.Select(unit => unit.ReceiptId).OfType<string>()];
        var query = session.CreateBatchQuery();
        var receipts = ids.Length > 0 ? query.LoadMany<Receipt>().ByIdList(ids) : null;
        // Who holds the stream loads it as it takes it.
        LoadedStream?[] ahead = [.. units.Select(unit => exclusively ? null : unit.Ahead?.Load(query.Events))];
        if (receipts is null && ahead.All(stream => stream is null)) return ([], ahead);
        await query.Execute(cancellationToken);
        return (
            (receipts is null ? [] : await receipts).ToDictionary(receipt => receipt.Id, StringComparer.Ordinal), ahead);
    }
}
