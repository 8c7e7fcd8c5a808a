using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Lifecycle;

internal sealed record DomainView(
    string Name,
    string UnicodeName,
    IReadOnlyList<string> Status,
    Guid AccountId,
    Guid RegistrantContactId,
    IReadOnlyList<string> Nameservers,
    IReadOnlyList<string>? RequestedNameservers,
    DateTimeOffset? RegisteredAt,
    DateTimeOffset? ExpiresAt);

internal static class ReadDomain
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapGet("/{name}", HandleAsync)
        .WithName("ReadDomain")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support))
        .WithSummary("A domain's status, dates and nameservers")
        .Produces<DomainView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(string name, Reader reader, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domainName)) return Problems.From(NameRules.InvalidName);
        return await reader.OneAsync<Domain>(
            DomainId.Of(domainName),
            (domain, _) => Task.FromResult(
                ViewOf(domain) is { } view ? Results.Ok(view) : Problems.From(Refusals.NotFound("domain"))),
            cancellationToken);
    }

    /// <summary>Null for a name that was asked for in vain.</summary>
    public static DomainView? ViewOf(Domain domain) => domain switch
    {
        { Registration: { } held } => new DomainView(
            domain.Name,
            DomainName.Parse(domain.Name).Unicode,
            DomainStatus.Of(domain),
            held.AccountId,
            held.ContactId,
            held.Nameservers,
            domain.Change?.Nameservers,
            held.RegisteredAt,
            held.ExpiresAt),
        { Pending: { } asked } => new DomainView(
            domain.Name,
            DomainName.Parse(domain.Name).Unicode,
            DomainStatus.Of(domain),
            asked.AccountId,
            asked.ContactId,
            [],
            asked.Nameservers,
            RegisteredAt: null,
            ExpiresAt: null),
        _ => null,
    };
}
