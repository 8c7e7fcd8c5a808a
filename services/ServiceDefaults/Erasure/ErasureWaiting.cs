using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What is left when an erasure was proven: what is held back ends, and so do the copies of destroyed keys. Told again is
/// only what has changed.
/// </summary>
internal sealed class ErasureWaiting(
    KeyDestruction keys, ErasureSearch search, Vault vault, RotationPeriod rotates, TimeProvider time)
{
    /// <returns>How far the search is that comes before what was held back goes. Keys were destroyed, or something else is held
    /// back: to be searched and proven anew. Or the same proof, when no copy of the keys can be read any more. Or that nothing
    /// has changed.</returns>
    public async Task<object> LookAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var proven = state.Proven!;
        if (!state.IsSearched && await keys.IsDueAsync(state, cancellationToken))
            return await search.InClearAsync(state, cancellationToken);
        var destroyed = await keys.DestroyAsync(state, cancellationToken);
        // Held again after the search: what was looked for is destroyed all the same, and looked for anew at the next end.
        if (state.IsSearched || !IsSame(destroyed, proven)) return destroyed;

        var standing = await state.StandingAsync(vault, cancellationToken);
        var copies = KeyCopies.Of(standing, rotates);
        var now = time.GetUtcNow();
        return copies.AreUnreadable == proven.UnreadableInCopies
            ? new ErasureUnchanged(ErasureDeadlines.NextLook(proven, now) ?? now, now)
            : proven with { UnreadableInCopies = copies.AreUnreadable, UnreadableInCopiesFrom = copies.From };
    }

    private static bool IsSame(ErasureKeysDestroyed now, PersonalDataShredded proven) =>
        now.HeldBack.SequenceEqual(proven.HeldBack)
        && now.Removed.SequenceEqual(proven.Removed)
        && now.Groups.Select(one => (one.Group, one.Keys)).SequenceEqual(proven.Groups.Select(one => (one.Group, one.Keys)));
}
