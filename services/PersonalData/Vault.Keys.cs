namespace EPerfect.PersonalData;

/// <content>Restricting and renewing data keys, and rotating what wraps them.</content>
public sealed partial class Vault
{
    /// <summary>
    /// Restricts processing: what is sealed opens to <see cref="Opened{T}.Restricted"/>. Sealing goes on, since storing
    /// stays lawful; where there is no key yet, the first one will be restricted. Nothing happens to what was erased, nor if a
    /// later order was carried out before.
    /// </summary>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    /// <param name="order">Counts up over all restrictions of this subject and their ends: orders may come again, late, and
    /// two at once, and the latest holds.</param>
    /// <param name="ct">Gives up.</param>
    public Task RestrictAsync(Guid subject, DataGroup group, long order, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(subject, Guid.Empty);
        return ReplayAsync([new RestrictionOrder(subject, group, IsRestricted: true, order)], ct);
    }

    /// <summary>Ends a restriction, unless a later order was carried out before.</summary>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    /// <param name="order">As <see cref="RestrictAsync"/> counts them.</param>
    /// <param name="ct">Gives up.</param>
    public Task LiftRestrictionAsync(Guid subject, DataGroup group, long order, CancellationToken ct) =>
        ReplayAsync([new RestrictionOrder(subject, group, IsRestricted: false, order)], ct);

    /// <summary>
    /// Makes a new version of a key, for what is sealed from now on. What was sealed before opens as before. Of several
    /// at once, all may have made the same one.
    /// </summary>
    /// <param name="subject">Whose key.</param>
    /// <param name="group">For which data.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The version that seals now.</returns>
    /// <exception cref="SubjectErasedException">The subject's group was erased.</exception>
    public async Task<int> RenewAsync(Guid subject, DataGroup group, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(subject, Guid.Empty);
        using var ring = await store.RenewAsync(new KeyName(subject, group), ct);
        cache.MoveTo(await store.GenerationAsync(ct));
        return ring.Newest is { State: not KeyState.Shredded } newest
            ? newest.Version
            : throw new SubjectErasedException(subject, group);
    }

    /// <summary>
    /// Hears of what other processes destroy or restrict and overwrites the keys here at once, also while nothing asks
    /// for them. Without it, or while its connection is lost, they go when they are next asked for, or in their time.
    /// </summary>
    /// <param name="ct">Ends it.</param>
    public Task ListenAsync(CancellationToken ct) => new Listening(options, sql, store, cache).RunAsync(ct);

    /// <summary>
    /// Does what is due with the key-encryption keys: begins an epoch when the last is old enough, wraps all live keys
    /// under it, and destroys the epochs before the last. From then on no copy of the key store from their time can be
    /// read. To be called now and then; what was cut short is finished by the next call.
    /// </summary>
    /// <param name="period">How long an epoch wraps new keys. Zero begins one now.</param>
    /// <param name="progress">Hears how many keys were wrapped anew so far.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was done; null if another process is at it.</returns>
    public Task<Rotation?> RotateAsync(TimeSpan period, IProgress<int>? progress, CancellationToken ct) =>
        new Rotator(options, proof, new Epochs(options, sql), new Rewrapper(options, sql)).RunAsync(period, progress, ct);

    /// <summary>What is kept, for the operator. Names nobody.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task<KeyReport> ReportAsync(CancellationToken ct)
    {
        var epochs = await new Epochs(options, sql).ListAsync(ct);
        var (inForce, waiting) = await holds.CountAsync(ct);
        return new KeyReport(epochs, inForce, waiting);
    }
}
