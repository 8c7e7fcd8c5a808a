using EPerfect.Accounts.OpenId;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Accounts.ApiClients;

internal sealed record CreateApiClientRequest(
    string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

internal sealed record CreatedApiClient(Guid ClientId, string ClientSecret);

/// <summary>
/// Lets a program in. First the event, then the secret: who was cut off in between asks again under the same
/// Idempotency-Key and gets it. Once shown, it is not shown again.
/// </summary>
internal static class CreateApiClient
{
    private const int Most = 50;

    internal static Refusal? Check(CreateApiClientRequest request, DateTimeOffset now) =>
        Text.Check(request.Name, ApiClientName.Longest, "/name")
        ?? (request.Scopes.Count == 0 || request.Scopes.Except(Scopes.OfServices).Any() ? UnknownScope : null)
        ?? (request.ExpiresAt <= now ? Past : null);

    internal static Decision Decide(Account account, ApiClientCreated created) =>
        account.IsClosed ? AccountRefusals.Closed
        : account.ApiClients.ContainsKey(created.ClientId) ? Decision.Nothing
        : account.ApiClients.Count >= Most ? TooMany
        : Decision.Of(created);

    private static async Task<IResult> Handle(
        Guid accountId,
        CreateApiClientRequest request,
        Commands commands,
        Caller caller,
        Reader reader,
        Vault vault,
        BlindIndex index,
        ApiClientSecrets secrets,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // The same for a repeat, so that it finds what it began.
        var key = index.Compute("api-client", $"{caller.Actor} {http.Request.Headers["Idempotency-Key"]}");
        var id = DeterministicId.From(accountId, key);
        var result = await commands.ChangeAsync<Account>(accountId, async (account, _, ct) =>
        {
            if (Check(request, now) is { } refusal) return refusal;
            var name = await vault.SealAsync(accountId, new ApiClientName(request.Name), ct);
            return Decide(account, new ApiClientCreated(
                id, name, [.. request.Scopes.Distinct()], request.ExpiresAt, now, caller.UserId));
        }, ct);
        if (result is ProblemHttpResult) return result;

        var account = await reader.LatestAsync<Account>(accountId, ct);
        if (caller.WhyNot(account) is { } foreign) return Problems.From(foreign);
        // Revoked meanwhile: no new secret for an old wish.
        if (account!.ApiClients.GetValueOrDefault(id) is not { } client
            || await secrets.MakeAsync(accountId, client, ct) is not { } secret)
        {
            return Problems.From(AlreadyShown);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"{http.Request.Path}/{id}", new CreatedApiClient(id, secret));
    }

    private static readonly Refusal UnknownScope = new(
        422, "client-scope-unknown", "A program reads from and writes to services: such as orders:read.", "/scopes");

    private static readonly Refusal Past =
        new(422, "client-expiry-past", "A program that expires does so in the future.", "/expiresAt");

    private static readonly Refusal TooMany = new(409, "clients-too-many", "An account lets in at most fifty programs.");

    private static readonly Refusal AlreadyShown =
        new(409, "secret-already-shown", "A secret is shown once. Revoke the program and create another one.");

    public static void Map(RouteGroupBuilder clients) => clients.MapPost("", Handle)
        .WithName("CreateApiClient")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Lets a program in; its secret is in this answer and nowhere else.")
        .Produces<CreatedApiClient>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
