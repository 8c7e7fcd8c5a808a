namespace EPerfect.PersonalData.Tests;

/// <summary>A provider that stops answering after some calls, as if the process were killed there.</summary>
internal sealed class Breakable(IKeyEncryptionKeyProvider inner) : IKeyEncryptionKeyProvider
{
    public int Calls { get; set; }

    public int Left { get; set; } = int.MaxValue;

    public int? StuckAt { get; set; }

    public int CurrentEpoch => StuckAt ?? inner.CurrentEpoch;

    public ValueTask RefreshAsync(CancellationToken ct) => inner.RefreshAsync(ct);

    // Killed after it was done: the worst moment.
    public async ValueTask CreateEpochAsync(int epoch, CancellationToken ct)
    {
        await inner.CreateEpochAsync(epoch, ct);
        Count();
    }

    public async ValueTask DestroyEpochAsync(int epoch, CancellationToken ct)
    {
        await inner.DestroyEpochAsync(epoch, ct);
        Count();
    }

    public ValueTask<byte[]> WrapAsync(
        int epoch, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken ct)
    {
        Count();
        return inner.WrapAsync(epoch, key, context, ct);
    }

    public ValueTask<byte[]> UnwrapAsync(
        int epoch, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken ct)
    {
        Count();
        return inner.UnwrapAsync(epoch, wrapped, context, ct);
    }

    public byte[] DeriveIndexKey(string scope) => inner.DeriveIndexKey(scope);

    private void Count()
    {
        if (--Left < 0)
        {
            throw new VaultUnavailableException(new TimeoutException());
        }
    }
}
