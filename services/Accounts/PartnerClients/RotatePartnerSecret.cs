using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Accounts.PartnerClients;

internal sealed record RotatedSecret(string ClientSecret, DateTimeOffset OldGoodUntil);

/// <summary>The partner replaces its own secret. The one before it is good for a day more, and no other.</summary>
internal static class RotatePartnerSecret
{
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    internal static Decision Decide(PartnerClient client, Guid partnerId, Guid rotation, DateTimeOffset now) =>
        client.WhyNotOf(partnerId) is { } refusal
            ? refusal
            : Decision.Of(new PartnerClientSecretRotated(rotation, now + Overlap, now));

    private static async Task<IResult> Handle(
        Guid partnerId,
        Guid clientId,
        Commands commands,
        Caller caller,
        BlindIndex index,
        PartnerClientSecrets secrets,
        Reader reader,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct)
    {
        var key = index.Compute("partner-secret", $"{caller.Actor} {http.Request.Headers["Idempotency-Key"]}");
        var rotation = DeterministicId.From(clientId, key);
        var result = await commands.ChangeAsync<PartnerClient>(
            clientId, client => Decide(client, partnerId, rotation, time.GetUtcNow()), ct);
        if (result is ProblemHttpResult) return result;
        // Rotated again meanwhile, or revoked: no secret for an old wish.
        if (await reader.LatestAsync<PartnerClient>(clientId, ct) is not { RevokedAt: null } client
            || client.RotationId != rotation
            || await secrets.RotateAsync(client, ct) is not { } secret)
        {
            return Problems.From(PartnerClientRefusals.AlreadyShown);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new RotatedSecret(secret, client.OldGoodUntil!.Value));
    }

    public static void Map(RouteGroupBuilder clients) => clients.MapPost("/{clientId:guid}/secret", Handle)
        .WithName("RotatePartnerSecret")
        .Allow(Access.OfPartner(StaffRole.Operator))
        .WithSummary("Replaces the secret; the one before it is good for a day more. It is in this answer and nowhere else.")
        .Produces<RotatedSecret>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
