using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Accounts.ApiClients;

/// <summary>Shuts a program out. From the event on it gets no token; those that it has end within ten minutes.</summary>
internal static class RevokeApiClient
{
    internal static Decision Decide(Account account, Guid clientId, DateTimeOffset now) =>
        account.ApiClients.ContainsKey(clientId)
            ? Decision.Of(new ApiClientRevoked(clientId, now))
            : Refusals.NotFound("client");

    /// <summary>Those of who is no owner any more, and knows their secrets: they would be a way back in.</summary>
    internal static IEnumerable<ApiClientRevoked> AllOf(Account account, Guid owner, DateTimeOffset now) => account
        .ApiClients.Values.Where(one => one.CreatedBy == owner).Select(one => new ApiClientRevoked(one.Id, now));

    private static async Task<IResult> Handle(
        Guid accountId, Guid clientId, Commands commands, ApiClientSecrets secrets, TimeProvider time, CancellationToken ct)
    {
        var result = await commands.ChangeAsync<Account>(
            accountId, account => Decide(account, clientId, time.GetUtcNow()), ct);
        if (result is not ProblemHttpResult) await secrets.DestroyAsync(clientId, ct);
        return result;
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapDelete("/{clientId:guid}", Handle)
        .WithName("RevokeApiClient")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Shuts a program out, from its next token on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
