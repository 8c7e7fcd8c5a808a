namespace EPerfect.PersonalData;

/// <summary>Every erasure that was done, and how to do them again.</summary>
internal sealed class Ledger(VaultOptions options, Sql sql)
{
    public const int ChunkSize = 1000;

    private const string Given =
        "(select distinct on (subject_id, grp) * from unnest($1, $2, $3, $4) as e(subject_id, grp, erasure_id, shredded_at) "
        + "order by subject_id, grp, shredded_at) e";

    private readonly string read =
        $"select erasure_id, subject_id, grp, shredded_at from {options.Schema}.erasure_ledger where shredded_at >= $1 "
        + "order by shredded_at, erasure_id, subject_id, grp";

    private readonly string bury =
        $"insert into {options.Schema}.subject_key(subject_id, grp, ver, state, shredded_at, erasure_id) "
        + $"select e.subject_id, e.grp, 1, 'shredded', e.shredded_at, e.erasure_id from {Given} "
        + "on conflict do nothing returning 1";

    private readonly string shred =
        $"with done as (update {options.Schema}.subject_key k set state = 'shredded', last_epoch = kek_epoch, "
        + "kek_epoch = null, wrapped = null, shredded_at = e.shredded_at, erasure_id = e.erasure_id "
        + $"from {Given} where k.subject_id = e.subject_id and k.grp = e.grp and k.state <> 'shredded' "
        + "returning k.subject_id, k.grp) select distinct subject_id, grp from done";

    private readonly string record =
        $"insert into {options.Schema}.erasure_ledger(subject_id, grp, erasure_id, shredded_at) "
        + "select * from unnest($1, $2, $3, $4) on conflict do nothing";

    private readonly string settle =
        $"update {options.Schema}.held_erasure h set settled_at = e.shredded_at from {Given} "
        + "where h.subject_id = e.subject_id and h.grp = e.grp and h.settled_at is null";

    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(DateTimeOffset since, CancellationToken ct) => await sql.ReadAsync(
        [Sql.Command(read, since.ToUniversalTime())],
        reader => Sql.RowsAsync(
            reader,
            row => new LedgerEntry(
                row.GetGuid(0), row.GetGuid(1), (DataGroup)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3)),
            ct),
        ct);

    public Task<(Replay Replay, long Generation)> ReplayAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        object?[] given =
        [
            entries.Select(entry => entry.Subject).ToArray(), entries.Select(entry => (short)entry.Group).ToArray(),
            entries.Select(entry => entry.ErasureId).ToArray(),
            entries.Select(entry => entry.ShreddedAt.ToUniversalTime()).ToArray(),
        ];
        return sql.ReadAsync(
            [
                sql.Alone(entries.Select(entry => entry.Subject)),
                Sql.Command(bury, given), Sql.Command(shred, given), Sql.Command(record, given),
                Sql.Command(settle, given), sql.Moved(),
            ],
            async reader =>
            {
                await reader.NextResultAsync(ct);
                var buried = await Sql.RowsAsync(reader, _ => true, ct);
                var shredded = await Sql.RowsAsync(reader, _ => true, ct);
                var generation = await Sql.RowsAsync(reader, row => row.GetInt64(0), ct);
                var all = entries.DistinctBy(entry => (entry.Subject, entry.Group)).Count();
                return (
                    new Replay(shredded.Count, buried.Count, all - buried.Count - shredded.Count),
                    generation.Single());
            },
            ct);
    }
}
