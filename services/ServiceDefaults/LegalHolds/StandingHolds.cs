using EPerfect.PersonalData;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>The holds of this service's own events: those in force are placed again, those that were released are ended
/// again.</summary>
internal sealed class StandingHolds(IDocumentStore store, Vault vault, TimeProvider time) : IStandingOrders
{
    public async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var (now, released) = (time.GetUtcNow(), new List<Guid>());
        await foreach (var hold in session.Query<PersonHold>().ToAsyncEnumerable(cancellationToken))
        {
            if (!hold.IsHeld)
                released.AddRange(hold.Placed.Select(one => one.Id));
            else if (!(hold.Order.Until <= now))
                foreach (var one in hold.Placed) await vault.HoldAsync(one, cancellationToken);
        }

        await vault.EndHoldsAsync(released, cancellationToken);
    }
}
