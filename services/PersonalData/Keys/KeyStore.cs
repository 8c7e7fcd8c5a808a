using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>
/// The keys of one service in PostgreSQL, wrapped. Every change moves the generation, which tells caches to forget.
/// </summary>
internal sealed class KeyStore(VaultOptions options, Sql sql, EpochProof proof)
{
    private readonly string read =
        $"select ver, state, kek_epoch, wrapped from {options.Schema}.subject_key "
        + "where subject_id = $1 and grp = $2 order by ver";

    // Nothing comes after a tombstone, and what is restricted stays so, also if it was before there was a key.
    private readonly string insert =
        $"with before as (select state from {options.Schema}.subject_key where subject_id = $1 and grp = $2 "
        + $"union all select 'restricted' from {options.Schema}.subject_restriction "
        + "where subject_id = $1 and grp = $2 and restricted) "
        + $"insert into {options.Schema}.subject_key(subject_id, grp, ver, state, kek_epoch, wrapped, created_at) "
        + "select $1, $2, $3, case when exists (select from before where state = 'restricted') then 'restricted' "
        + $"else 'active' end, $4, $5, $6 where {OpenEpoch(options, "$4")} "
        + "and not exists (select from before where state = 'shredded') on conflict do nothing";

    private readonly string retire =
        $"update {options.Schema}.subject_key k set state = 'retired' "
        + $"where subject_id = $1 and grp = $2 and state = 'active' and ver < (select max(ver) "
        + $"from {options.Schema}.subject_key n where n.subject_id = k.subject_id and n.grp = k.grp)";

    private readonly string generation = $"select gen from {options.Schema}.key_generation";

    /// <summary>Nothing is to be stored under an epoch that is being destroyed.</summary>
    public static string OpenEpoch(VaultOptions options, string epoch) =>
        $"exists (select from {options.Schema}.kek_epoch e where e.epoch = {epoch} and e.closed_at is null)";

    public Task<KeyRing> ReadAsync(KeyName name, CancellationToken ct) => RingAsync(name, [Sql.Command(read, name)], 0, ct);

    /// <summary>The keys; the first one is made if there is none.</summary>
    public async Task<KeyRing> EnsureAsync(KeyName name, CancellationToken ct)
    {
        var ring = await ReadAsync(name, ct);
        // Of several processes at once one wins, and all get its key, or the tombstone.
        return ring.IsEmpty ? await AddAsync(name, 1, ct) : ring;
    }

    /// <summary>Adds the next version. Of several processes at once one does.</summary>
    public async Task<KeyRing> RenewAsync(KeyName name, CancellationToken ct)
    {
        using var ring = await EnsureAsync(name, ct);
        return ring.Newest is { State: not KeyState.Shredded } newest
            ? await AddAsync(name, newest.Version + 1, ct)
            : throw new SubjectErasedException(name.Subject, name.Group);
    }

    public Task<long> GenerationAsync(CancellationToken ct) => sql.ScalarAsync<long>([Sql.Command(generation)], ct);

    // A wrapped key copied to another row does not unwrap there.
    public static byte[] Context(VaultOptions options, KeyName name, int version) =>
        Encoding.UTF8.GetBytes($"k1|{options.Schema}|{name.Subject:N}|{name.GroupToken}|{version}");

    private async Task<KeyRing> AddAsync(KeyName name, int version, CancellationToken ct)
    {
        var keys = options.KeyEncryptionKeys;
        var epoch = keys.CurrentEpoch;
        try
        {
            var ring = await TryAddAsync(name, version, ct);
            if (ring.Newest?.Version >= version)
            {
                return ring;
            }

            ring.Dispose();
            await keys.RefreshAsync(ct);
        }
        catch (TamperSuspectedException)
        {
            await keys.RefreshAsync(ct);
            if (keys.CurrentEpoch == epoch)
            {
                throw;
            }
        }

        // Others have begun a new epoch and ended ours, or have destroyed the key.
        return await TryAddAsync(name, version, ct) is { IsEmpty: false } second
            ? second
            : throw new TamperSuspectedException($"A key of subject {name.Subject} cannot be kept: its epoch is over.");
    }

    private async Task<KeyRing> TryAddAsync(KeyName name, int version, CancellationToken ct)
    {
        var epoch = await proof.EnsureAsync(ct);
        var secret = RandomNumberGenerator.GetBytes(Aead.KeySize);
        try
        {
            var wrapped = await options.KeyEncryptionKeys.WrapAsync(epoch, secret, Context(options, name, version), ct);
            // Each statement sees what was committed before it: a restriction, an erasure; the read finds who won.
            NpgsqlBatchCommand[] add =
            [
                sql.Alone(name.Subject),
                sql.EpochsShared(),
                Sql.Command(insert, name, version, epoch, wrapped, options.Time.GetUtcNow()),
            ];
            return version == 1
                ? await RingAsync(name, [.. add, Sql.Command(read, name)], 2, ct)
                : await RingAsync(
                    name, [.. add, Sql.Command(retire, name), sql.Moved(), Sql.Command(read, name)], 3, ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private async Task<KeyRing> RingAsync(KeyName name, NpgsqlBatchCommand[] commands, int results, CancellationToken ct)
    {
        var rows = await sql.ReadAsync(commands, reader => RowsAsync(reader, results, ct), ct);
        try
        {
            return await UnwrapAsync(name, rows, ct);
        }
        catch (TamperSuspectedException)
        {
            // Wrapped anew, and the old epoch destroyed, between the reading and the unwrapping?
            var again = await sql.ReadAsync([Sql.Command(read, name)], reader => RowsAsync(reader, 0, ct), ct);
            if (again.Select(row => row.Epoch).SequenceEqual(rows.Select(row => row.Epoch)))
            {
                throw;
            }

            return await UnwrapAsync(name, again, ct);
        }
    }

    private async Task<KeyRing> UnwrapAsync(KeyName name, List<Row> rows, CancellationToken ct)
    {
        var keys = new List<DataKey>(rows.Count);
        foreach (var row in rows)
        {
            var secret = row.Wrapped is null
                ? []
                : await options.KeyEncryptionKeys.UnwrapAsync(
                    row.Epoch, row.Wrapped, Context(options, name, row.Version), ct);
            keys.Add(new DataKey(row.Version, row.State, secret));
        }

        return new KeyRing(keys);
    }

    private static async Task<List<Row>> RowsAsync(NpgsqlDataReader reader, int resultsBefore, CancellationToken ct)
    {
        for (var result = 0; result < resultsBefore; result++)
        {
            await reader.NextResultAsync(ct);
        }

        return await Sql.RowsAsync(
            reader,
            row => row.IsDBNull(3)
                ? new Row(row.GetInt32(0), KeyState.Shredded, 0, null)
                : new Row(
                    row.GetInt32(0), KeyStates.From(row.GetString(1)), row.GetInt32(2), row.GetFieldValue<byte[]>(3)),
            ct);
    }

    private sealed record Row(int Version, KeyState State, int Epoch, byte[]? Wrapped);
}
