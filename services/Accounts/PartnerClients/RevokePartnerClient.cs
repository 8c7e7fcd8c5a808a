using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Accounts.PartnerClients;

/// <summary>Shuts a partner's program out. From the event on it gets no token; those that it has end within ten
/// minutes.</summary>
internal static class RevokePartnerClient
{
    internal static Decision Decide(PartnerClient client, Guid partnerId, DateTimeOffset now) =>
        client.WhyNotOf(partnerId) is { } refusal ? refusal : Decision.Of(new PartnerClientRevoked(now));

    private static async Task<IResult> Handle(
        Guid partnerId, Guid clientId, Commands commands, PartnerClientSecrets secrets, TimeProvider time, CancellationToken ct)
    {
        var result = await commands.ChangeAsync<PartnerClient>(
            clientId, client => Decide(client, partnerId, time.GetUtcNow()), ct);
        if (result is not ProblemHttpResult) await secrets.DestroyAsync(clientId, ct);
        return result;
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapDelete("/{clientId:guid}", Handle)
        .WithName("RevokePartnerClient")
        .Allow(Access.Of(StaffRole.Operator))
        .WithSummary("Shuts a partner's program out, from its next token on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
