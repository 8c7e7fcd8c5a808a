using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Lets erasures go on at once whose legal holds have ended: they search for what had been held before its keys are
/// destroyed. What is nobody's erasure here, such as a sweep's, is done. Killed in between, the next look finds the rest.
/// </summary>
internal sealed class HoldEnding(Vault vault, Writer writer, ServiceDefinition definition, TimeProvider time)
{
    /// <returns>How many groups are held no more.</returns>
    public async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        if (!definition.Events.ContainsKey(typeof(ErasureHoldEnded))) return (await vault.SettleAsync(cancellationToken)).Count;
        var ready = await vault.ReadyAsync(cancellationToken);
        var going = new HashSet<Guid>();
        foreach (var erasure in ready.Select(one => one.ErasureId).Distinct())
        {
            if (await GoesOnAsync(erasure, cancellationToken)) going.Add(erasure);
        }

        foreach (var same in ready.GroupBy(one => (one.Subject, one.Group)))
        {
            if (!same.Any(one => going.Contains(one.ErasureId)))
                await vault.ShredAsync(same.Key.Subject, same.Key.Group, same.First().ErasureId, cancellationToken);
        }

        return ready.Count;
    }

    /// <summary>Told once. One that is under way is told when it is through.</summary>
    private async Task<bool> GoesOnAsync(Guid erasureId, CancellationToken cancellationToken)
    {
        PersonErasure? seen = null;
        await writer.ChangeAsync<PersonErasure>(
            PartOf(definition.Name, erasureId),
            "erasure/hold-ended",
            state => (seen = state) is { Proven.HeldBack.Count: > 0, Destroyed: null, IsHoldEnded: false }
                ? Decision.Of(new ErasureHoldEnded(time.GetUtcNow()))
                : Decision.Nothing,
            cancellationToken);
        return seen is { Proven: null } or { Proven.HeldBack.Count: > 0 };
    }

    /// <summary>Where Privacy keeps the erasure as a whole under its number, its own part has another.</summary>
    internal static Guid PartOf(string service, Guid erasureId) =>
        service == "privacy" ? DeterministicId.From(erasureId, service) : erasureId;
}
