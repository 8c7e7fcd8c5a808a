namespace EPerfect.PersonalData;

/// <content>Erasures and restrictions outlive the key store: replayed, they are done again.</content>
public sealed partial class Vault
{
    /// <summary>All erasures that were ever done here: to be kept apart from the key store and its backups.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>The entries, oldest first.</returns>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(CancellationToken ct) => LedgerAsync(DateTimeOffset.MinValue, ct);

    /// <summary>Those that were done since a time.</summary>
    /// <param name="since">The time.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The entries, oldest first.</returns>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(DateTimeOffset since, CancellationToken ct) =>
        new Ledger(options, sql).ReadAsync(since, ct);

    /// <summary>
    /// After a restore: destroys again what had been destroyed, before anything is served. Repeating it changes nothing.
    /// Holds do not stand against it: there were none when it was done first.
    /// </summary>
    /// <param name="entries">What had been destroyed, from wherever it is known.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What it found.</returns>
    public async Task<Replay> ReplayAsync(IEnumerable<LedgerEntry> entries, CancellationToken ct)
    {
        var ledger = new Ledger(options, sql);
        var total = new Replay(0, 0, 0);
        foreach (var chunk in entries.Chunk(Ledger.ChunkSize))
        {
            var (replay, generation) = await ledger.ReplayAsync(chunk, ct);
            cache.MoveTo(generation);
            total += replay;
        }

        return total;
    }

    /// <summary>
    /// After a restore: restricts again, and lifts again what the backup has as restricted. As with each order, a later one that
    /// was carried out before holds. Repeating it changes nothing.
    /// </summary>
    /// <param name="orders">The latest orders, from wherever they are known.</param>
    /// <param name="ct">Gives up.</param>
    public async Task ReplayAsync(IEnumerable<RestrictionOrder> orders, CancellationToken ct)
    {
        var restrictions = new Restrictions(options, sql);
        foreach (var chunk in orders.Chunk(Ledger.ChunkSize)) cache.MoveTo(await restrictions.CarryOutAsync(chunk, ct));
    }
}
