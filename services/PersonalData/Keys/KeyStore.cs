using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>
/// The keys of one service in PostgreSQL, wrapped. Every change moves the generation, which tells caches to forget.
/// </summary>
internal sealed class KeyStore(VaultOptions options, Sql sql)
{
    private readonly EpochProof proof = new(options, sql);

    private readonly string read =
        $"select ver, state, kek_epoch, wrapped from {options.Schema}.subject_key "
        + "where subject_id = $1 and grp = $2 order by ver";

    private readonly string insert =
        $"insert into {options.Schema}.subject_key(subject_id, grp, ver, state, kek_epoch, wrapped, created_at) "
        + "values ($1, $2, 1, 'active', $3, $4, $5) on conflict do nothing";

    private readonly string restrict =
        $"update {options.Schema}.subject_key set state = 'restricted' "
        + "where subject_id = $1 and grp = $2 and state in ('active', 'retired')";

    private readonly string lift =
        $"update {options.Schema}.subject_key k set state = case when ver = (select max(ver) "
        + $"from {options.Schema}.subject_key n where n.subject_id = k.subject_id and n.grp = k.grp) "
        + "then 'active' else 'retired' end where subject_id = $1 and grp = $2 and state = 'restricted'";

    private readonly string move = $"update {options.Schema}.key_generation set gen = gen + 1 returning gen";

    private readonly string generation = $"select gen from {options.Schema}.key_generation";

    public Task<KeyRing> ReadAsync(KeyName name, CancellationToken ct) =>
        ReadAsync(name, [Sql.Command(read, name)], ct);

    /// <summary>
    /// Makes the first key. Of several processes at once one wins, and all get its key, or the tombstone.
    /// </summary>
    public async Task<KeyRing> MintAsync(KeyName name, CancellationToken ct)
    {
        await proof.EnsureAsync(ct);
        var secret = RandomNumberGenerator.GetBytes(Aead.KeySize);
        try
        {
            var epoch = options.KeyEncryptionKeys.CurrentEpoch;
            var wrapped = await options.KeyEncryptionKeys.WrapAsync(epoch, secret, Context(name, 1), ct);
            var mint = Sql.Command(insert, name, epoch, wrapped, options.Time.GetUtcNow());
            // Each statement sees what was committed before it: the insert waits for a rival, the read finds who won.
            return await ReadAsync(name, [mint, Sql.Command(read, name)], ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <returns>The new generation.</returns>
    public Task<long> RestrictAsync(KeyName name, CancellationToken ct) =>
        sql.ScalarAsync<long>([Sql.Command(restrict, name), Sql.Command(move)], ct);

    /// <returns>The new generation.</returns>
    public Task<long> LiftAsync(KeyName name, CancellationToken ct) =>
        sql.ScalarAsync<long>([Sql.Command(lift, name), Sql.Command(move)], ct);

    /// <summary>Asks for a sign of life, and whether this process holds the right key-encryption key.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        await GenerationAsync(ct);
        await proof.EnsureAsync(ct);
    }

    public Task<long> GenerationAsync(CancellationToken ct) => sql.ScalarAsync<long>([Sql.Command(generation)], ct);

    private async Task<KeyRing> ReadAsync(KeyName name, NpgsqlBatchCommand[] commands, CancellationToken ct)
    {
        var rows = await sql.ReadAsync(commands, reader => Sql.RowsAsync(reader, Read, ct), ct);
        var keys = new List<DataKey>(rows.Count);
        foreach (var row in rows)
        {
            var secret = row.Wrapped is null
                ? []
                : await options.KeyEncryptionKeys.UnwrapAsync(row.Epoch, row.Wrapped, Context(name, row.Version), ct);
            keys.Add(new DataKey(row.Version, row.State, secret));
        }

        return new KeyRing(keys);
    }

    private static Row Read(NpgsqlDataReader row) => row.IsDBNull(3)
        ? new Row(row.GetInt32(0), KeyState.Shredded, 0, null)
        : new Row(row.GetInt32(0), KeyStates.From(row.GetString(1)), row.GetInt32(2), row.GetFieldValue<byte[]>(3));

    // A wrapped key copied to another row does not unwrap there.
    private byte[] Context(KeyName name, int version) => Encoding.UTF8.GetBytes(
        $"k1|{options.Schema}|{name.Subject:N}|{name.Group.Token()}|{version}");

    private sealed record Row(int Version, KeyState State, int Epoch, byte[]? Wrapped);
}
