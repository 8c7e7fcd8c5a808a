namespace EPerfect.PersonalData;

/// <summary>Restricts and lifts in the key store. Orders come again, late, and two at once: the latest holds.</summary>
internal sealed class Restrictions(VaultOptions options, Sql sql)
{
    private readonly string order =
        $"insert into {options.Schema}.subject_restriction(subject_id, grp, restricted, ord) "
        + "select distinct on (subject_id, grp) * from unnest($1, $2, $3, $4) as e(subject_id, grp, restricted, ord) "
        + "order by subject_id, grp, ord desc "
        + "on conflict (subject_id, grp) do update set restricted = excluded.restricted, ord = excluded.ord "
        + "where subject_restriction.ord < excluded.ord";

    private readonly string restrict =
        $"update {options.Schema}.subject_key k set state = 'restricted' from {options.Schema}.subject_restriction r "
        + "where r.subject_id = any($1) and r.restricted and k.subject_id = r.subject_id and k.grp = r.grp "
        + "and k.state in ('active', 'retired')";

    private readonly string lift =
        $"update {options.Schema}.subject_key k set state = case when ver = (select max(ver) "
        + $"from {options.Schema}.subject_key n where n.subject_id = k.subject_id and n.grp = k.grp) "
        + $"then 'active' else 'retired' end from {options.Schema}.subject_restriction r "
        + "where r.subject_id = any($1) and not r.restricted and k.subject_id = r.subject_id and k.grp = r.grp "
        + "and k.state = 'restricted'";

    /// <summary>Each as its number says.</summary>
    /// <returns>The new generation.</returns>
    public Task<long> CarryOutAsync(IReadOnlyList<RestrictionOrder> orders, CancellationToken ct)
    {
        var subjects = orders.Select(one => one.Subject).ToArray();
        return sql.ReadAsync(
            [
                sql.Alone(subjects),
                Sql.Command(
                    order, subjects, orders.Select(one => (short)one.Group).ToArray(),
                    orders.Select(one => one.IsRestricted).ToArray(), orders.Select(one => one.Order).ToArray()),
                Sql.Command(restrict, subjects),
                Sql.Command(lift, subjects),
                sql.Moved(),
            ],
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return (await Sql.RowsAsync(reader, row => row.GetInt64(0), ct)).Single();
            },
            ct);
    }
}
