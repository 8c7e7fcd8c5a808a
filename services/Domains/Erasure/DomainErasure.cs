using EPerfect.Domains.Lifecycle;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Erasure;

/// <summary>A registrar must know whose a domain is while it is registered: the contact goes when the registration
/// ends.</summary>
internal sealed class DomainErasure(IDocumentSession session) : IErasure
{
    public const string RegistrationContract = "registration-contract";

    /// <summary>What a registrar promises the registry.</summary>
    public static readonly Retention Registered = new(
        RegistrationContract, RetentionTrigger.RegistrationEnded, "P0D", "the duty to know a domain's registrant");

    /// <summary>What comes after this is refused by the destroyed key.</summary>
    public Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public async Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ends = await session.Query<RegisteredDomain>()
            .Where(domain => domain.AccountId == accountId && domain.ExpiresAt > now)
            .Select(domain => domain.ExpiresAt)
            .ToListAsync(cancellationToken);
        return ends.Count == 0 ? [] : [(DataGroup.Contact, RegistrationContract, ends.Max())];
    }

    /// <summary>Nothing here lies outside of a key: a domain's name and its holder's country are public facts.</summary>
    public Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemovedRows>>([]);
}
