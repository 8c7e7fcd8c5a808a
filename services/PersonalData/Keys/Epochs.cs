namespace EPerfect.PersonalData;

/// <summary>What the store remembers of each epoch: when it began to wrap keys, and when it came to its end.</summary>
internal sealed class Epochs(VaultOptions options, Sql sql)
{
    private readonly string list =
        $"select epoch, first_used_at, (select count(*) from {options.Schema}.subject_key k where k.kek_epoch = e.epoch), "
        + $"destroyed_at from {options.Schema}.kek_epoch e order by epoch";

    private readonly string begun = $"select first_used_at from {options.Schema}.kek_epoch where epoch = $1";

    // Closed for good: whoever stores a key under an epoch sees that it is open, and keeps it so until committed.
    private readonly string close =
        $"update {options.Schema}.kek_epoch set closed_at = $2 where epoch <= $1 and closed_at is null "
        + $"and not exists (select from {options.Schema}.subject_key where kek_epoch <= $1)";

    private readonly string closed =
        $"select epoch from {options.Schema}.kek_epoch where closed_at is not null and destroyed_at is null order by epoch";

    private readonly string destroyed =
        $"update {options.Schema}.kek_epoch set destroyed_at = $2 where epoch = $1 and destroyed_at is null";

    public Task<List<EpochState>> ListAsync(CancellationToken ct) => sql.ReadAsync(
        [Sql.Command(list)],
        reader => Sql.RowsAsync(
            reader,
            row => new EpochState(
                row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)),
            ct),
        ct);

    public async Task<DateTimeOffset> BegunAsync(int epoch, CancellationToken ct) =>
        await sql.ReadAsync(
            [Sql.Command(begun, epoch)],
            async reader => (await Sql.RowsAsync(reader, row => row.GetFieldValue<DateTimeOffset>(0), ct)).Single(),
            ct);

    /// <summary>Destroys an epoch and all before it, unless a key is still wrapped under one.</summary>
    /// <returns>Which are gone now, among them those whose end was cut short.</returns>
    public async Task<List<int>> DestroyAsync(int upTo, CancellationToken ct)
    {
        var over = await sql.ReadAsync(
            [sql.EpochsAlone(), Sql.Command(close, upTo, options.Time.GetUtcNow()), Sql.Command(closed)],
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return await Sql.RowsAsync(reader, row => row.GetInt32(0), ct);
            },
            ct);
        foreach (var epoch in over)
        {
            await options.KeyEncryptionKeys.DestroyEpochAsync(epoch, ct);
            await sql.ReadAsync([Sql.Command(destroyed, epoch, options.Time.GetUtcNow())], _ => Task.FromResult(true), ct);
        }

        return over;
    }
}
