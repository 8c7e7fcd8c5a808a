namespace EPerfect.PersonalData;

/// <summary>
/// Begins epochs, moves keys into them and ends those before the last. Each step can be cut short and is finished by the
/// next run. One process at a time.
/// </summary>
internal sealed class Rotator(VaultOptions options, EpochProof proof, Epochs epochs, Rewrapper rewrapper)
{
    /// <returns>Null if another process is at it.</returns>
    public async Task<Rotation?> RunAsync(TimeSpan period, IProgress<int>? progress, CancellationToken ct)
    {
        await using var turn = await Turn.TryTakeAsync(options, ct);
        if (turn is null)
        {
            return null;
        }

        await options.KeyEncryptionKeys.RefreshAsync(ct);
        var epoch = await proof.EnsureAsync(ct);
        var begins = await epochs.BegunAsync(epoch, ct) + period <= options.Time.GetUtcNow();
        if (begins)
        {
            await options.KeyEncryptionKeys.CreateEpochAsync(epoch + 1, ct);
            epoch = await proof.EnsureAsync(ct);
        }

        var (moved, unreadable) = await rewrapper.RunAsync(epoch, progress, ct);
        return new Rotation(epoch, begins, moved, unreadable, await epochs.DestroyAsync(epoch - 2, ct));
    }
}
