using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Destroys the person's keys, but those that law keeps, and deletes what no key protects.</summary>
internal sealed class KeyDestruction(IErasure erasure, Vault vault, TimeProvider time)
{
    public async Task<ErasureKeysDestroyed> DestroyAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = await erasure.KeepsAsync(state.AccountId, now, cancellationToken);
        var (groups, held, whose) = (new List<ShreddedGroup>(), new List<HeldBack>(), new List<ShreddedSubjects>());
        foreach (var group in Enum.GetValues<DataGroup>())
        {
            var name = group.ToString().ToLowerInvariant();
            var reasons = kept.Where(one => one.Group == group && one.Until > now).ToArray();
            if (reasons.Length > 0)
            {
                held.AddRange(reasons.Select(one => new HeldBack(name, one.Ground, one.Until)));
                continue;
            }

            var done = await ShredAsync(state, group, name, held, cancellationToken);
            if (done.Count == 0) continue;
            groups.Add(Sum(name, done.Values));
            whose.Add(new ShreddedSubjects(name, [.. done.Keys]));
        }

        var heldGroups = held.Select(one => Enum.Parse<DataGroup>(one.Group, ignoreCase: true)).ToHashSet();
        var removed = await erasure.ForgetAsync(state.AccountId, state.Subjects!, heldGroups, cancellationToken);
        return new ErasureKeysDestroyed(groups, held, Sum(state, removed), time.GetUtcNow(), whose);
    }

    /// <summary>Whether something that was held back when it was last proven would be destroyed now.</summary>
    public async Task<bool> IsDueAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var kept = (await erasure.KeepsAsync(state.AccountId, now, cancellationToken))
            .Where(one => one.Until > now).Select(one => one.Group).ToHashSet();
        var held = state.Proven!.HeldBack.Select(one => Enum.Parse<DataGroup>(one.Group, ignoreCase: true)).ToHashSet();
        foreach (var subject in state.Subjects!)
        {
            var standing = await vault.StateAsync(subject, cancellationToken);
            if (held.Except(kept).Any(group => standing.FirstOrDefault(one => one.Group == group) is
                null or { Keys: not KeyStanding.Shredded, Holds.Count: 0 }))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of several ids one's keys may be held, and another's destroyed.</summary>
    private async Task<Dictionary<Guid, Shredding.Done>> ShredAsync(
        PersonErasure state, DataGroup group, string name, List<HeldBack> held, CancellationToken cancellationToken)
    {
        var done = new Dictionary<Guid, Shredding.Done>();
        foreach (var subject in state.Subjects!)
        {
            switch (await vault.ShredAsync(subject, group, state.ErasureId, cancellationToken))
            {
                case Shredding.Done shredded:
                    done[subject] = shredded;
                    break;
                case Shredding.Held(var holds):
                    held.AddRange(holds.Select(hold => new HeldBack(name, hold.Reason, hold.Until)));
                    break;
            }
        }

        return done;
    }

    private static ShreddedGroup Sum(string name, IReadOnlyCollection<Shredding.Done> done) => new(
        name,
        done.Sum(one => one.Versions.Count),
        [.. done.SelectMany(one => one.Versions).Distinct().Order()],
        done.Max(one => one.ShreddedAt));

    /// <summary>Later runs find less to delete; the first one's counts stay.</summary>
    private static List<RemovedRows> Sum(PersonErasure state, IReadOnlyList<RemovedRows> now) =>
    [
        .. (state.Proven?.Removed ?? []).Concat(now).GroupBy(rows => rows.What, StringComparer.Ordinal)
            .Select(same => new RemovedRows(same.Key, same.Sum(rows => rows.Count))),
    ];
}
