using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Lifecycle;

internal sealed record ChangeNameserversRequest(IReadOnlyList<string> Nameservers);

/// <summary>
/// The change is accepted here and carried out at the registry; until then the domain is pendingUpdate.
/// </summary>
internal static class ChangeNameservers
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapPut("/{name}/nameservers", HandleAsync)
        .WithName("ChangeNameservers")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Technical | MemberRole.Client))
        .WithSummary("Ask the registry to delegate to 2 to 13 other nameservers; honours If-Match")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public static Decision Decide(Domain domain, Guid changeId, IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        if (domain.Registration is not { } held) return Refusals.NotFound("domain");
        if (domain.Change is not null)
            return Refusals.WrongState("update-pending", "One change is carried out before the next is taken.");
        return held.Nameservers.SequenceEqual(hosts)
            ? Decision.Nothing
            : Decision.Of([new NameserverChangeStarted(changeId, hosts, now)]);
    }

    private static async Task<IResult> HandleAsync(
        string name,
        ChangeNameserversRequest request,
        Commands commands,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domainName)) return Problems.From(NameRules.InvalidName);
        if (NameRules.ReadNameservers(request.Nameservers, out var hosts) is { } refusal) return Problems.From(refusal);
        var now = clock.GetUtcNow();
        var changeId = Guid.CreateVersion7(now);
        return await commands.ChangeAsync<Domain>(
            DomainId.Of(domainName), domain => Decide(domain, changeId, hosts, now), cancellationToken);
    }
}
