using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>
/// Wraps live keys anew under the current epoch, some at a time. What it has done stays done, so it may be cut short at
/// any moment and run again; two at once do no harm.
/// </summary>
internal sealed class Rewrapper(VaultOptions options, Sql sql)
{
    public const int BatchSize = 500;

    private readonly string next =
        $"select subject_id, grp, ver, kek_epoch, wrapped from {options.Schema}.subject_key "
        + "where kek_epoch < $1 and (subject_id, grp, ver) > ($2, $3, $4) "
        + "order by subject_id, grp, ver limit $5";

    // Only where it still is as it was read: it may have been destroyed or wrapped anew meanwhile.
    private readonly string move =
        $"update {options.Schema}.subject_key k set wrapped = n.wrapped, kek_epoch = $6 "
        + "from unnest($1, $2, $3, $4, $5) as n(subject_id, grp, ver, old, wrapped) "
        + "where k.subject_id = n.subject_id and k.grp = n.grp and k.ver = n.ver and k.kek_epoch = n.old "
        + $"and {KeyStore.OpenEpoch(options, "$6")} returning 1";

    /// <returns>How many were moved, and how many cannot be opened and stay where they are.</returns>
    public async Task<(int Moved, int Unreadable)> RunAsync(int epoch, IProgress<int>? progress, CancellationToken ct)
    {
        var (moved, unreadable) = (0, 0);
        Key? last = null;
        while (await NextAsync(epoch, last, ct) is { Count: > 0 } keys)
        {
            var anew = new List<(Key Key, byte[] Wrapped)>(keys.Count);
            foreach (var key in keys)
            {
                try
                {
                    anew.Add((key, await WrapAsync(key, epoch, ct)));
                }
                catch (TamperSuspectedException)
                {
                    // An incident, told by the count. It keeps its epoch alive, not the others' from moving on.
                    unreadable++;
                }
            }

            moved += await MoveAsync(epoch, anew, ct);
            progress?.Report(moved);
            last = keys[^1];
        }

        return (moved, unreadable);
    }

    private async Task<byte[]> WrapAsync(Key key, int epoch, CancellationToken ct)
    {
        var context = KeyStore.Context(options, key.Name, key.Version);
        var secret = await options.KeyEncryptionKeys.UnwrapAsync(key.Epoch, key.Wrapped, context, ct);
        try
        {
            return await options.KeyEncryptionKeys.WrapAsync(epoch, secret, context, ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private Task<List<Key>> NextAsync(int epoch, Key? after, CancellationToken ct) => sql.ReadAsync(
        [
            Sql.Command(
                next, epoch, after?.Name.Subject ?? Guid.Empty, (short)(after?.Name.Group ?? default),
                after?.Version ?? 0, BatchSize),
        ],
        reader => Sql.RowsAsync(
            reader,
            row => new Key(
                new KeyName(row.GetGuid(0), (DataGroup)row.GetInt16(1)), row.GetInt32(2), row.GetInt32(3),
                row.GetFieldValue<byte[]>(4)),
            ct),
        ct);

    private async Task<int> MoveAsync(int epoch, List<(Key Key, byte[] Wrapped)> anew, CancellationToken ct)
    {
        var changes = Sql.Command(
            move,
            anew.ConvertAll(one => one.Key.Name.Subject), anew.ConvertAll(one => (short)one.Key.Name.Group),
            anew.ConvertAll(one => one.Key.Version), anew.ConvertAll(one => one.Key.Epoch),
            anew.ConvertAll(one => one.Wrapped), epoch);
        return await sql.ReadAsync(
            [sql.EpochsShared(), changes],
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return (await Sql.RowsAsync(reader, _ => true, ct)).Count;
            },
            ct);
    }

    private sealed record Key(KeyName Name, int Version, int Epoch, byte[] Wrapped);
}
