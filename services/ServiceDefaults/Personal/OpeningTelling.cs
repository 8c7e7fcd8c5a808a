using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>Has a service tell the register whose data it opened, for whom and why.</summary>
public static class OpeningTelling
{
    /// <summary>Tells of every opening by the service's own contract, encrypted for Privacy alone. Until Privacy's key is
    /// known, what would be told waits, and what was stored after it.</summary>
    /// <typeparam name="TOpening">The contract.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition TellsOfOpenings<TOpening>(this ServiceDefinition definition)
        where TOpening : SealedOpening, IContract, new() => definition
            .Json(OpeningKeyJson.Default)
            .Event<OpeningKeyLearned>("opening_key_learned")
            .Stream<OpeningKey>()
            .Reacts<OpeningKeyPublished, OpeningKeyReaction>(OpeningKeyPublished.Name)
            .Publishes<TOpening>(TOpening.WireName)
            .Outbound((opened, details, version) => new TOpening
            {
                OpeningId = opened.OpeningId,
                AccountId = opened.AccountId,
                Details = details,
                OpenedAt = opened.OpenedAt,
                StreamVersion = version,
            });
}
