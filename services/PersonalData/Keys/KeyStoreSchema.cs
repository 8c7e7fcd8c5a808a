using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>The tables of the key store.</summary>
internal static class KeyStoreSchema
{
    public static Task CreateAsync(NpgsqlDataSource source, string schema, CancellationToken ct) =>
        Outage.GuardAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            // Several instances start at once; "if not exists" alone is no protection against that.
            await ExecuteAsync(connection, $"select pg_advisory_xact_lock(hashtext('vault {schema}'))", ct);
            // A role that was given its schema may not create one, not even "if not exists".
            if (await ExecuteAsync(connection, $"select to_regnamespace('{schema}')::text", ct) is DBNull)
            {
                await ExecuteAsync(connection, $"create schema {schema}", ct);
            }

            await ExecuteAsync(connection, Tables(schema), ct);
            await transaction.CommitAsync(ct);
            return true;
        });

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(ct);
    }

    private static string Tables(string schema) =>
        $"""
        create table if not exists {schema}.subject_key(
            subject_id uuid not null,
            grp smallint not null,
            ver int not null check (ver > 0),
            state text not null check (state in ('active', 'retired', 'restricted', 'shredded')),
            kek_epoch int,
            wrapped bytea,
            created_at timestamptz,
            shredded_at timestamptz,
            erasure_id uuid,
            last_epoch int,
            primary key (subject_id, grp, ver),
            check ((state = 'shredded') = (wrapped is null)),
            check ((wrapped is null) = (kek_epoch is null)),
            check ((state = 'shredded') = (shredded_at is not null and erasure_id is not null)));

        -- A tombstone of a key that was never made has no created_at.
        alter table {schema}.subject_key alter column created_at drop not null;
        alter table {schema}.subject_key add column if not exists last_epoch int;

        create table if not exists {schema}.kek_epoch(
            epoch int primary key,
            proof bytea not null,
            first_used_at timestamptz not null,
            closed_at timestamptz,
            destroyed_at timestamptz);
        alter table {schema}.kek_epoch add column if not exists closed_at timestamptz;
        alter table {schema}.kek_epoch add column if not exists destroyed_at timestamptz;
        create index if not exists subject_key_epoch on {schema}.subject_key(kek_epoch, subject_id, grp, ver)
            where kek_epoch is not null;

        create table if not exists {schema}.subject_hold(
            hold_id uuid primary key,
            subject_id uuid not null,
            grp smallint,
            reason text not null,
            until timestamptz,
            placed_at timestamptz not null,
            released_at timestamptz);
        create index if not exists subject_hold_subject on {schema}.subject_hold(subject_id);

        create table if not exists {schema}.held_erasure(
            subject_id uuid not null,
            grp smallint not null,
            erasure_id uuid not null,
            ordered_at timestamptz not null,
            settled_at timestamptz,
            primary key (subject_id, grp, erasure_id));

        -- Whether a subject's group is restricted, by the latest order.
        create table if not exists {schema}.subject_restriction(
            subject_id uuid not null,
            grp smallint not null,
            restricted bool not null,
            ord bigint not null,
            primary key (subject_id, grp));

        create table if not exists {schema}.erasure_ledger(
            erasure_id uuid not null,
            subject_id uuid not null,
            grp smallint not null,
            shredded_at timestamptz not null,
            primary key (erasure_id, subject_id, grp));
        create index if not exists erasure_ledger_at on {schema}.erasure_ledger(shredded_at);

        create table if not exists {schema}.key_generation(
            singleton bool primary key default true check (singleton),
            gen bigint not null);

        insert into {schema}.key_generation(gen) values (0) on conflict do nothing;
        """;
}
