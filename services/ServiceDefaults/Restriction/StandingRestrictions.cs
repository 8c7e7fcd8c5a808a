using EPerfect.PersonalData;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>The restrictions of this service's own events, and their ends: of each person the latest.</summary>
internal sealed class StandingRestrictions(IDocumentStore store, Vault vault) : IStandingOrders
{
    private const int PageSize = 100;

    public async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var people = session.Query<PersonRestriction>().ToAsyncEnumerable(cancellationToken);
        await foreach (var page in people.Chunk(PageSize).WithCancellation(cancellationToken))
            await vault.ReplayAsync(page.SelectMany(person => person.Orders), cancellationToken);
    }
}
