namespace EPerfect.PersonalData;

/// <content>Destroying keys, and what may stand against it.</content>
public sealed partial class Vault
{
    /// <summary>
    /// Erases a subject's group for ever: destroys its keys and leaves a tombstone, also where there was no key yet.
    /// Doing it again, under this or another erasure, changes nothing and is recorded once per erasure. While a legal
    /// hold stands against it nothing is destroyed; the erasure is remembered and done when the last hold ends.
    /// </summary>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    /// <param name="erasureId">The erasure that ordered it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether it is done, or what holds it. To hear whether a held one was done since, order it again.</returns>
    public async Task<Shredding> ShredAsync(Guid subject, DataGroup group, Guid erasureId, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(subject, Guid.Empty);
        var (outcome, generation) = await shredder.ShredAsync(new KeyName(subject, group), erasureId, ct);
        cache.MoveTo(generation);
        return outcome;
    }

    /// <summary>
    /// Forbids erasing what it names, until it is released or its time is over. Holds add up; one that was placed is not
    /// changed, so a longer one is another one.
    /// </summary>
    /// <param name="hold">What is held and why.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The groups for which it comes too late: erased before. Nothing of them is held.</returns>
    public async Task<IReadOnlyList<DataGroup>> HoldAsync(LegalHold hold, CancellationToken ct) =>
        await holds.PlaceAsync(hold, ct);

    /// <summary>Ends a hold, and does what had waited for it.</summary>
    /// <param name="holdId">The hold.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>
    /// The erasures of what it held that were done since it was released; the same, and what came later, if asked again.
    /// None if there is no such hold.
    /// </returns>
    public async Task<IReadOnlyList<SettledErasure>> ReleaseAsync(Guid holdId, CancellationToken ct)
    {
        if (await holds.ReleaseAsync(holdId, ct) is not { } subject)
        {
            return [];
        }

        await SettleAsync(subject, ct);
        return await holds.SettledSinceAsync(holdId, ct);
    }

    /// <summary>Ends a hold. What had waited for it is done by the next <see cref="SettleAsync(CancellationToken)"/>, by
    /// whoever calls that.</summary>
    /// <param name="holdId">The hold.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether there is such a hold; ended before, it stays so.</returns>
    public async Task<bool> EndHoldAsync(Guid holdId, CancellationToken ct) =>
        await holds.ReleaseAsync(holdId, ct) is not null;

    /// <summary>The same for many at once. What there is no such hold of, and what has ended, stays as it is.</summary>
    /// <param name="holdIds">The holds.</param>
    /// <param name="ct">Gives up.</param>
    public Task EndHoldsAsync(IReadOnlyCollection<Guid> holdIds, CancellationToken ct) => holds.ReleaseAsync(holdIds, ct);

    /// <summary>
    /// Does the erasures whose holds have ended: by their time, or by a release that was cut short. To be called now and
    /// then; harmless from several processes at once.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was done now.</returns>
    public Task<IReadOnlyList<SettledErasure>> SettleAsync(CancellationToken ct) => SettleAsync(ofSubject: null, ct);

    /// <summary>
    /// Of whom a group is held, or its processing restricted (GDPR Art. 18): for who deletes rows that no key of the group's
    /// protects when their time is over. Those of these subjects stay.
    /// </summary>
    /// <param name="group">Which group.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<Guid>> KeptAsync(DataGroup group, CancellationToken ct) => await holds.KeptAsync(group, ct);

    /// <summary>
    /// What <see cref="SettleAsync(CancellationToken)"/> would do now: for who has to look at the data before it goes, and
    /// orders its erasure once more after that.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<ReadyErasure>> ReadyAsync(CancellationToken ct) =>
        (await holds.ReadyAsync(ofSubject: null, ct))
            .ConvertAll(one => new ReadyErasure(one.ErasureId, one.Name.Subject, one.Name.Group));

    /// <summary>What there is of a subject: keys, tombstones, holds, erasures that wait. Opens nothing.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>One state for each group of which there is anything.</returns>
    public Task<IReadOnlyList<GroupState>> StateAsync(Guid subject, CancellationToken ct) =>
        new Standing(options, sql).OfAsync(subject, ct);

    private async Task<IReadOnlyList<SettledErasure>> SettleAsync(Guid? ofSubject, CancellationToken ct)
    {
        var done = new List<SettledErasure>();
        foreach (var (name, erasureId) in await holds.ReadyAsync(ofSubject, ct))
        {
            if (await ShredAsync(name.Subject, name.Group, erasureId, ct) is Shredding.Done(var at, _))
            {
                done.Add(new SettledErasure(erasureId, name.Subject, name.Group, at));
            }
        }

        return done;
    }
}
