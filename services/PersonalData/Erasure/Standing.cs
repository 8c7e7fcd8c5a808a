namespace EPerfect.PersonalData;

/// <summary>Reads what there is of a subject, in one moment.</summary>
internal sealed class Standing(VaultOptions options, Sql sql)
{
    private readonly string keys =
        "select k.grp, k.ver, k.state, k.created_at is not null, k.shredded_at, k.erasure_id, "
        + "case when k.last_epoch is null then k.shredded_at else e.destroyed_at end "
        + $"from {options.Schema}.subject_key k left join {options.Schema}.kek_epoch e on e.epoch = k.last_epoch "
        + "where k.subject_id = $1 order by k.grp, k.ver";

    private readonly string holds =
        $"select hold_id, subject_id, grp, reason, until from {options.Schema}.subject_hold "
        + "where subject_id = $1 and released_at is null and (until is null or until > $2) order by placed_at, hold_id";

    private readonly string pending =
        $"select grp, erasure_id from {options.Schema}.held_erasure "
        + "where subject_id = $1 and settled_at is null order by ordered_at, erasure_id";

    public Task<IReadOnlyList<GroupState>> OfAsync(Guid subject, CancellationToken ct) => sql.ReadAsync(
        [
            Sql.Command(keys, subject), Sql.Command(holds, subject, options.Time.GetUtcNow()),
            Sql.Command(pending, subject),
        ],
        async reader =>
        {
            var allKeys = await Sql.RowsAsync(
                reader,
                row => new Key(
                    (DataGroup)row.GetInt16(0), row.GetInt32(1), KeyStates.From(row.GetString(2)), row.GetBoolean(3),
                    row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
                    row.IsDBNull(5) ? null : row.GetGuid(5),
                    row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6)),
                ct);
            var allHolds = await Sql.RowsAsync(reader, Holds.Row, ct);
            var allPending = await Sql.RowsAsync(
                reader, row => (Group: (DataGroup)row.GetInt16(0), ErasureId: row.GetGuid(1)), ct);
            return (IReadOnlyList<GroupState>)
            [
                .. Enum.GetValues<DataGroup>()
                    .Select(group => Of(
                        group,
                        [.. allKeys.Where(key => key.Group == group)],
                        [.. allHolds.Where(hold => hold.Group is null || hold.Group == group)],
                        [.. allPending.Where(one => one.Group == group).Select(one => one.ErasureId)]))
                    .OfType<GroupState>(),
            ];
        },
        ct);

    private static GroupState? Of(DataGroup group, List<Key> keys, List<LegalHold> holds, List<Guid> pending)
    {
        if ((keys.Count, holds.Count, pending.Count) == (0, 0, 0))
        {
            return null;
        }

        var newest = keys.LastOrDefault();
        var standing = newest?.State switch
        {
            null => KeyStanding.None,
            KeyState.Shredded => KeyStanding.Shredded,
            KeyState.Restricted => KeyStanding.Restricted,
            _ => KeyStanding.Active,
        };
        return new GroupState(
            group,
            standing,
            [.. keys.Where(key => key.WasMade).Select(key => key.Version)],
            newest?.ShreddedAt,
            newest?.ErasureId,
            keys.TrueForAll(key => key.FinalAt is not null) ? keys.Max(key => key.FinalAt) : null,
            // A hold over all groups holds nothing of one that was erased before.
            standing == KeyStanding.Shredded ? [] : holds,
            pending);
    }

    private sealed record Key(
        DataGroup Group, int Version, KeyState State, bool WasMade,
        DateTimeOffset? ShreddedAt, Guid? ErasureId, DateTimeOffset? FinalAt);
}
