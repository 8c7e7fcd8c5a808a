using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// Proves that this process wraps with the same key-encryption key as all before it. Without it, a lost and newly made
/// key file would go unnoticed: new keys would work, old ones would seem altered.
/// </summary>
internal sealed class EpochProof(VaultOptions options, Sql sql)
{
    private int proven;

    /// <returns>The epoch to wrap under.</returns>
    /// <exception cref="TamperSuspectedException">Another key-encryption key goes by this epoch's number.</exception>
    public async Task<int> EnsureAsync(CancellationToken ct)
    {
        var (keys, epoch) = (options.KeyEncryptionKeys, options.KeyEncryptionKeys.CurrentEpoch);
        if (Volatile.Read(ref proven) == epoch)
        {
            return epoch;
        }

        var context = Encoding.UTF8.GetBytes($"k1|{options.Schema}|epoch|{epoch}");
        var mine = await keys.WrapAsync(epoch, new byte[Aead.KeySize], context, ct);
        var first = await KeepFirstAsync(epoch, mine, ct);
        await keys.UnwrapAsync(epoch, first, context, ct);
        Volatile.Write(ref proven, epoch);
        return epoch;
    }

    private Task<byte[]> KeepFirstAsync(int epoch, byte[] mine, CancellationToken ct) => sql.ScalarAsync<byte[]>(
        [
            Sql.Command(
                $"insert into {options.Schema}.kek_epoch(epoch, proof, first_used_at) values ($1, $2, $3) "
                + "on conflict do nothing",
                epoch, mine, options.Time.GetUtcNow()),
            Sql.Command($"select proof from {options.Schema}.kek_epoch where epoch = $1", epoch),
        ],
        ct);
}
