using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Does the erasures whose legal holds have ended, and lets those that waited go on at once: rows are deleted, and
/// what is left is proven. Killed in between, an erasure goes on by its own deadline.</summary>
internal sealed class HoldEnding(Vault vault, Writer writer, ServiceDefinition definition, TimeProvider time)
{
    /// <returns>How many groups were destroyed.</returns>
    public async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        var settled = await vault.SettleAsync(cancellationToken);
        if (!definition.Events.ContainsKey(typeof(ErasureHoldEnded))) return settled.Count;
        foreach (var erasure in settled.Select(one => one.ErasureId).Distinct())
        {
            await writer.ChangeAsync<PersonErasure>(
                PartOf(definition.Name, erasure),
                "erasure/hold-ended",
                state => state is { Proven.HeldBack.Count: > 0, Destroyed: null }
                    ? Decision.Of(new ErasureHoldEnded(time.GetUtcNow()))
                    : Decision.Nothing,
                cancellationToken);
        }

        return settled.Count;
    }

    /// <summary>Where Privacy keeps the erasure as a whole under its number, its own part has another.</summary>
    internal static Guid PartOf(string service, Guid erasureId) =>
        service == "privacy" ? DeterministicId.From(erasureId, service) : erasureId;
}
