namespace EPerfect.PersonalData;

/// <content>Erasures outlive the key store: replayed, they are done again.</content>
public sealed partial class Vault
{
    /// <summary>All erasures that were ever done here: to be kept apart from the key store and its backups.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>The entries, oldest first.</returns>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(CancellationToken ct) => new Ledger(options, sql).ReadAsync(ct);

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
}
