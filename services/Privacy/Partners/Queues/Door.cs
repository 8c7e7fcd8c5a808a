using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using Marten;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>How the door to a partner's queue is to stand.</summary>
internal enum Door
{
    /// <summary>It may read.</summary>
    Open,

    /// <summary>Deliveries stand still: it may read nothing.</summary>
    Shut,

    /// <summary>There is nobody, and no queue.</summary>
    Gone,
}

/// <param name="Door">How it is to stand.</param>
/// <param name="Version">Of what: the partner's stream, for between two looks it may have been open and shut again.</param>
internal sealed record DoorState(Door Door, long Version);

/// <summary>Looks up how a door is to stand, as it is now.</summary>
internal sealed class PartnerDoor(FeedProgressStore progress, IDocumentStore store, TimeProvider time)
{
    public async Task<DoorState> LookAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var version = (await session.Events.FetchStreamStateAsync(partnerId, cancellationToken))?.Version ?? 0;
        var at = await progress.FindAsync(partnerId, QueueWay.Way, cancellationToken);
        if (at is not { IsOn: true }) return new(Door.Gone, version);
        var partner = await session.Events.FetchLatest<Partner>(partnerId, cancellationToken);
        var door = partner?.State is null or PartnerState.Ended ? Door.Gone
            : partner.InForce(time.GetUtcNow()) is null ? Door.Shut
            : Door.Open;
        return new(door, version);
    }
}
