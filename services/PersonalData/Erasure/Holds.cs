using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>The legal holds of one service, and the erasures that wait for their end.</summary>
internal sealed class Holds(VaultOptions options, Sql sql)
{
    private const string Columns = "hold_id, subject_id, grp, reason, until";

    // A hold on what is already destroyed would hold nothing; released, it stays so, however late it is placed again.
    private readonly string place =
        $"insert into {options.Schema}.subject_hold({Columns}, placed_at) select $1, $2, $3::smallint, $4, $5, $6 "
        + $"where not exists (select from {options.Schema}.subject_key k "
        + "where k.subject_id = $2 and k.grp = $3 and k.state = 'shredded') on conflict do nothing";

    private readonly string destroyed =
        $"select distinct grp from {options.Schema}.subject_key "
        + "where subject_id = $1 and state = 'shredded' and grp = coalesce($2::smallint, grp) order by grp";

    private readonly string release =
        $"update {options.Schema}.subject_hold set released_at = $2 where hold_id = any($1) and released_at is null";

    private readonly string subject = $"select subject_id from {options.Schema}.subject_hold where hold_id = $1";

    private readonly string ready =
        $"select distinct e.subject_id, e.grp, e.erasure_id from {options.Schema}.held_erasure e "
        + "where e.settled_at is null and ($1::uuid is null or e.subject_id = $1) "
        + $"and not exists ({InForce(options, "e.subject_id", "e.grp", "$2")})";

    private readonly string settledSince =
        $"select e.erasure_id, e.subject_id, e.grp, e.settled_at from {options.Schema}.held_erasure e "
        + $"join {options.Schema}.subject_hold h on h.subject_id = e.subject_id and (h.grp is null or h.grp = e.grp) "
        + "where h.hold_id = $1 and e.settled_at >= h.released_at order by e.settled_at, e.grp, e.erasure_id";

    private readonly string counts =
        $"select (select count(*) from {options.Schema}.subject_hold "
        + "where released_at is null and (until is null or until > $1)), "
        + $"(select count(*) from {options.Schema}.held_erasure where settled_at is null)";

    private readonly string kept =
        $"select h.subject_id from {options.Schema}.subject_hold h where (h.grp is null or h.grp = $1) "
        + "and h.released_at is null and (h.until is null or h.until > $2) "
        + $"union select r.subject_id from {options.Schema}.subject_restriction r where r.grp = $1 and r.restricted";

    /// <summary>The holds that stand against erasing a group at a time: each given as it is written in SQL.</summary>
    public static string InForce(VaultOptions options, string subject, string group, string now) =>
        $"select {Columns} from {options.Schema}.subject_hold h "
        + $"where h.subject_id = {subject} and (h.grp is null or h.grp = {group}) "
        + $"and h.released_at is null and (h.until is null or h.until > {now})";

    public static LegalHold Row(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.IsDBNull(2) ? null : (DataGroup)row.GetInt16(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4));

    /// <returns>The groups for which it comes too late.</returns>
    public Task<List<DataGroup>> PlaceAsync(LegalHold hold, CancellationToken ct)
    {
        var group = (short?)hold.Group;
        return sql.ReadAsync(
            [
                sql.Alone(hold.Subject),
                Sql.Command(
                    place, hold.Id, hold.Subject, group, hold.Reason, hold.Until?.ToUniversalTime(), options.Time.GetUtcNow()),
                Sql.Command(destroyed, hold.Subject, group),
            ],
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return await Sql.RowsAsync(reader, row => (DataGroup)row.GetInt16(0), ct);
            },
            ct);
    }

    /// <returns>Whose it was; null if there is no such hold.</returns>
    public Task<Guid?> ReleaseAsync(Guid holdId, CancellationToken ct) => sql.ReadAsync(
        [Release([holdId]), Sql.Command(subject, holdId)],
        async reader => await reader.ReadAsync(ct) ? reader.GetGuid(0) : (Guid?)null,
        ct);

    public Task ReleaseAsync(IReadOnlyCollection<Guid> holdIds, CancellationToken ct) => sql.ReadAsync(
        [Release(holdIds)], _ => Task.FromResult(true), ct);

    /// <summary>The erasures that nothing holds any more.</summary>
    public Task<List<(KeyName Name, Guid ErasureId)>> ReadyAsync(Guid? ofSubject, CancellationToken ct) => sql.ReadAsync(
        [Sql.Command(ready, ofSubject, options.Time.GetUtcNow())],
        reader => Sql.RowsAsync(
            reader, row => (new KeyName(row.GetGuid(0), (DataGroup)row.GetInt16(1)), row.GetGuid(2)), ct),
        ct);

    /// <summary>What was done after a hold's release, also if it is asked again.</summary>
    public Task<List<SettledErasure>> SettledSinceAsync(Guid holdId, CancellationToken ct) => sql.ReadAsync(
        [Sql.Command(settledSince, holdId)],
        reader => Sql.RowsAsync(
            reader,
            row => new SettledErasure(
                row.GetGuid(0), row.GetGuid(1), (DataGroup)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3)),
            ct),
        ct);

    /// <summary>Of whom a group is held or restricted.</summary>
    public Task<List<Guid>> KeptAsync(DataGroup group, CancellationToken ct) => sql.ReadAsync(
        [Sql.Command(kept, (short)group, options.Time.GetUtcNow())],
        reader => Sql.RowsAsync(reader, row => row.GetGuid(0), ct),
        ct);

    public Task<(long InForce, long Waiting)> CountAsync(CancellationToken ct) => sql.ReadAsync(
        [Sql.Command(counts, options.Time.GetUtcNow())],
        async reader => (await Sql.RowsAsync(reader, row => (row.GetInt64(0), row.GetInt64(1)), ct)).Single(),
        ct);

    private NpgsqlBatchCommand Release(IEnumerable<Guid> holdIds) =>
        Sql.Command(release, holdIds.ToArray(), options.Time.GetUtcNow());
}
