using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Accounts.PartnerClients;

internal sealed record CreatedPartnerClient(Guid ClientId, string ClientSecret);

/// <summary>
/// Lets a partner's program in. First the event, then the secret: who was cut off in between asks again under the same
/// Idempotency-Key and gets it. Once shown, it is not shown again.
/// </summary>
internal static class CreatePartnerClient
{
    private static async Task<IResult> Handle(
        Guid partnerId,
        Commands commands,
        Caller caller,
        BlindIndex index,
        PartnerClientSecrets secrets,
        Reader reader,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct)
    {
        // The same for a repeat, so that it finds what it began.
        var key = index.Compute("partner-client", $"{caller.Actor} {http.Request.Headers["Idempotency-Key"]}");
        var id = DeterministicId.From(partnerId, key);
        var result = await commands.CreateAsync<PartnerClient>(
            id,
            accountId: null,
            (_, _) => Task.FromResult(Decision.Of(new PartnerClientCreated(id, partnerId, time.GetUtcNow()))),
            cancellationToken: ct);
        if (result is ProblemHttpResult) return result;
        // Revoked meanwhile: no new secret for an old wish.
        if (await reader.LatestAsync<PartnerClient>(id, ct) is not { RevokedAt: null }
            || await secrets.MakeAsync(id, ct) is not { } secret)
        {
            return Problems.From(PartnerClientRefusals.AlreadyShown);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"{http.Request.Path}/{id}", new CreatedPartnerClient(id, secret));
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapPost("", Handle)
        .WithName("CreatePartnerClient")
        .Allow(Access.Of(StaffRole.Operator))
        .WithSummary("Lets a partner's program in; its secret is in this answer and nowhere else.")
        .Produces<CreatedPartnerClient>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
