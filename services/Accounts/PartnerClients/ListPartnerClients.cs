using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.PartnerClients;

internal sealed record PartnerClientView(Guid ClientId, DateTimeOffset CreatedAt, DateTimeOffset? OldSecretGoodUntil);

internal static class ListPartnerClients
{
    private static async Task<IReadOnlyList<PartnerClientView>> Handle(
        Guid partnerId, IQuerySession session, CancellationToken ct)
    {
        var clients = await session.Query<PartnerClient>()
            .Where(client => client.PartnerId == partnerId && client.RevokedAt == null)
            .OrderBy(client => client.CreatedAt)
            .ToListAsync(ct);
        return [.. clients.Select(client => new PartnerClientView(client.Id, client.CreatedAt, client.OldGoodUntil))];
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapGet("", Handle)
        .WithName("ListPartnerClients")
        .Allow(Access.OfPartner(StaffRole.Operator))
        .WithSummary("The programs of a partner that are let in.")
        .Produces<IReadOnlyList<PartnerClientView>>();
}
