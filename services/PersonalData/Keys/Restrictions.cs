using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Restricts and lifts in the key store. Orders come again, late, and two at once: the latest holds.</summary>
internal sealed class Restrictions(VaultOptions options, Sql sql)
{
    private readonly string order =
        $"insert into {options.Schema}.subject_restriction(subject_id, grp, restricted, ord) values ($1, $2, $3, $4) "
        + "on conflict (subject_id, grp) do update set restricted = excluded.restricted, ord = excluded.ord "
        + "where subject_restriction.ord < excluded.ord";

    private readonly string restrict =
        $"update {options.Schema}.subject_key set state = 'restricted' "
        + $"where subject_id = $1 and grp = $2 and state in ('active', 'retired') and {Ordered(options)} restricted)";

    private readonly string lift =
        $"update {options.Schema}.subject_key k set state = case when ver = (select max(ver) "
        + $"from {options.Schema}.subject_key n where n.subject_id = k.subject_id and n.grp = k.grp) "
        + $"then 'active' else 'retired' end where subject_id = $1 and grp = $2 and state = 'restricted' "
        + $"and {Ordered(options)} not restricted)";

    private readonly string orderAll =
        $"insert into {options.Schema}.subject_restriction(subject_id, grp, restricted, ord) "
        + "select distinct on (subject_id, grp) * from unnest($1, $2, $3, $4) as e(subject_id, grp, restricted, ord) "
        + "order by subject_id, grp, ord desc "
        + "on conflict (subject_id, grp) do update set restricted = excluded.restricted, ord = excluded.ord "
        + "where subject_restriction.ord < excluded.ord";

    private readonly string restrictAll =
        $"update {options.Schema}.subject_key k set state = 'restricted' from {options.Schema}.subject_restriction r "
        + "where r.subject_id = any($1) and r.restricted and k.subject_id = r.subject_id and k.grp = r.grp "
        + "and k.state in ('active', 'retired')";

    private readonly string liftAll =
        $"update {options.Schema}.subject_key k set state = case when ver = (select max(ver) "
        + $"from {options.Schema}.subject_key n where n.subject_id = k.subject_id and n.grp = k.grp) "
        + $"then 'active' else 'retired' end from {options.Schema}.subject_restriction r "
        + "where r.subject_id = any($1) and not r.restricted and k.subject_id = r.subject_id and k.grp = r.grp "
        + "and k.state = 'restricted'";

    /// <returns>The new generation.</returns>
    public Task<long> RestrictAsync(KeyName name, long number, CancellationToken ct) =>
        ChangeAsync(restrict, name, restricted: true, number, ct);

    /// <returns>The new generation.</returns>
    public Task<long> LiftAsync(KeyName name, long number, CancellationToken ct) =>
        ChangeAsync(lift, name, restricted: false, number, ct);

    /// <summary>Many at once, each as its number says.</summary>
    /// <returns>The new generation.</returns>
    public Task<long> CarryOutAsync(IReadOnlyList<RestrictionOrder> orders, CancellationToken ct)
    {
        var subjects = orders.Select(order => order.Subject).ToArray();
        return GenerationAsync(
            [
                sql.Alone(subjects),
                Sql.Command(
                    orderAll, subjects, orders.Select(order => (short)order.Group).ToArray(),
                    orders.Select(order => order.IsRestricted).ToArray(), orders.Select(order => order.Order).ToArray()),
                Sql.Command(restrictAll, subjects),
                Sql.Command(liftAll, subjects),
                sql.Moved(),
            ],
            ct);
    }

    private static string Ordered(VaultOptions options) =>
        $"exists (select from {options.Schema}.subject_restriction where subject_id = $1 and grp = $2 and";

    private Task<long> ChangeAsync(
        string change, KeyName name, bool restricted, long number, CancellationToken ct) => GenerationAsync(
        [
            sql.Alone(name.Subject),
            Sql.Command(order, name, restricted, number),
            Sql.Command(change, name),
            sql.Moved(),
        ],
        ct);

    private Task<long> GenerationAsync(NpgsqlBatchCommand[] commands, CancellationToken ct) => sql.ReadAsync(
        commands,
        async reader =>
        {
            await reader.NextResultAsync(ct);
            return (await Sql.RowsAsync(reader, row => row.GetInt64(0), ct)).Single();
        },
        ct);
}
