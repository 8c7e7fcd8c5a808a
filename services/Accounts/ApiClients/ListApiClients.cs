using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.ApiClients;

internal sealed record ApiClientView(
    Guid ClientId,
    string? Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    Guid? CreatedBy);

internal static class ListApiClients
{
    private static Task<IResult> Handle(
        Guid accountId, Reader reader, IDocumentSession session, Openings openings, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Account>(accountId, async (account, ct) =>
        {
            var uses = await session.LoadManyAsync<ApiClientUse>(ct, account.ApiClients.Keys.ToArray());
            var opening = await openings.BeginAsync(accountId, account.ApiClients.Values.Select(one => one.Name), ct);
            var views = new List<ApiClientView>();
            foreach (var client in account.ApiClients.Values)
            {
                views.Add(new ApiClientView(
                    client.Id,
                    (await opening.OpenAsync(client.Name, ct) as Opened<ApiClientName>.Clear)?.Value.Name,
                    client.Scopes,
                    client.CreatedAt,
                    client.ExpiresAt,
                    uses.FirstOrDefault(use => use.Id == client.Id)?.LastUsedAt,
                    client.CreatedBy));
            }

            return Results.Ok<IReadOnlyList<ApiClientView>>(views);
        }, ct);
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapGet("", Handle)
        .WithName("ListApiClients")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.Support))
        .Opens()
        .WithSummary("The programs that may act for the account, and when each was last used.")
        .Produces<IReadOnlyList<ApiClientView>>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
