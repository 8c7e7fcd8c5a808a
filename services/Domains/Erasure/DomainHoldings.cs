using System.Runtime.CompilerServices;
using EPerfect.Domains.Contacts;
using EPerfect.Domains.Lifecycle;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Erasure;

/// <summary>The registrant contacts, and what is registered.</summary>
internal sealed class DomainHoldings(IDocumentSession session) : IHoldings
{
    public Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([accountId]);

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var contacts = await session.Events.QueryRawEventDataOnly<ContactRegistered>()
            .Where(registered => registered.AccountId == accountId)
            .ToListAsync(cancellationToken);
        var domains = await session.Query<RegisteredDomain>()
            .Where(domain => domain.AccountId == accountId)
            .OrderBy(domain => domain.RegisteredAt)
            .ToListAsync(cancellationToken);
        foreach (var contact in contacts)
        {
            foreach (var e in await session.Events.FetchStreamAsync(contact.ContactId, token: cancellationToken))
                yield return new Holding(e.EventTypeName, contact.ContactId.ToString("D"), e.Timestamp, e.Data);
        }

        foreach (var domain in domains) yield return new Holding("domain", domain.Name, domain.RegisteredAt, domain);
    }
}
