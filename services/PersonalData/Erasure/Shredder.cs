using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Destroys keys, unless a hold keeps them; then it remembers who asked.</summary>
internal sealed class Shredder(VaultOptions options, Sql sql)
{
    private readonly string keep =
        $"insert into {options.Schema}.held_erasure(subject_id, grp, ordered_at, erasure_id) select $1, $2, $3, $4 "
        + $"where exists ({InForce(options)}) and not exists ({Destroyed(options)}) on conflict do nothing";

    private readonly string bury =
        $"insert into {options.Schema}.subject_key(subject_id, grp, ver, state, shredded_at, erasure_id) "
        + $"select $1, $2, 1, 'shredded', $3, $4 where not exists ({InForce(options)}) on conflict do nothing";

    private readonly string shred =
        $"update {options.Schema}.subject_key set state = 'shredded', last_epoch = kek_epoch, kek_epoch = null, "
        + "wrapped = null, shredded_at = $3, erasure_id = $4 "
        + $"where subject_id = $1 and grp = $2 and state <> 'shredded' and not exists ({InForce(options)})";

    private readonly string record =
        $"insert into {options.Schema}.erasure_ledger(subject_id, grp, shredded_at, erasure_id) "
        + $"select $1, $2, k.shredded_at, e.erasure_id from ({Destroyed(options)} limit 1) k, "
        + $"(select $3::uuid as erasure_id union select erasure_id from {options.Schema}.held_erasure "
        + "where subject_id = $1 and grp = $2 and settled_at is null) e on conflict do nothing";

    private readonly string settle =
        $"update {options.Schema}.held_erasure set settled_at = $3 "
        + $"where subject_id = $1 and grp = $2 and settled_at is null and exists ({Destroyed(options)})";

    private readonly string destroyed = $"{Destroyed(options)} order by ver";

    private readonly string holds = $"{InForce(options)} order by placed_at, hold_id";

    /// <returns>What became of it, and the new generation.</returns>
    public Task<(Shredding Outcome, long Generation)> ShredAsync(KeyName name, Guid erasureId, CancellationToken ct)
    {
        var now = options.Time.GetUtcNow();
        return sql.ReadAsync(
            [
                sql.Alone(name.Subject),
                Sql.Command(keep, name, now, erasureId),
                // The tombstone first: it waits for a key being made at this moment, which the next one then finds.
                Sql.Command(bury, name, now, erasureId),
                Sql.Command(shred, name, now, erasureId),
                Sql.Command(record, name, erasureId),
                Sql.Command(settle, name, now),
                sql.Moved(),
                Sql.Command(destroyed, name),
                Sql.Command(holds, name, now),
            ],
            reader => OutcomeAsync(reader, ct),
            ct);
    }

    private static async Task<(Shredding Outcome, long Generation)> OutcomeAsync(
        NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var generation = await Sql.RowsAsync(reader, row => row.GetInt64(0), ct);
        var tombstones = await Sql.RowsAsync(
            reader,
            row => (Version: row.GetInt32(0), At: row.GetFieldValue<DateTimeOffset>(1), WasMade: row.GetBoolean(2)),
            ct);
        var inForce = await Sql.RowsAsync(reader, Holds.Row, ct);
        Shredding outcome = tombstones is [var first, ..]
            ? new Shredding.Done(first.At, [.. tombstones.Where(key => key.WasMade).Select(key => key.Version)])
            : new Shredding.Held(inForce);
        return (outcome, generation.Single());
    }

    private static string InForce(VaultOptions options) => Holds.InForce(options, "$1", "$2", "$3");

    private static string Destroyed(VaultOptions options) =>
        $"select ver, shredded_at, created_at is not null from {options.Schema}.subject_key "
        + "where subject_id = $1 and grp = $2 and state = 'shredded'";
}
