using System.Runtime.CompilerServices;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Erasure;

/// <summary>The registrant contacts, and what was asked for and registered.</summary>
internal sealed class DomainHoldings(IDocumentSession session) : IHoldings
{
    public Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([accountId]);

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId,
        IReadOnlyCollection<Guid> subjects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var contact in await session.StreamsAsync("contact_registered", "accountId", accountId, cancellationToken))
        {
            await foreach (var held in session.Events.HoldingsAsync(contact, cancellationToken)) yield return held;
        }

        var started = await session.StreamsAsync("registration_started", "request,accountId", accountId, cancellationToken);
        var queued = await session.StreamsAsync("registration_queued", "request,accountId", accountId, cancellationToken);
        var refused = await session.StreamsAsync("registration_failed", "accountId", accountId, cancellationToken);
        foreach (var name in started.Union(queued).Union(refused))
        {
            var own = new OwnPart(accountId);
            await foreach (var held in session.Events.HoldingsAsync(name, cancellationToken))
            {
                if (own.Has(held.Data)) yield return held;
            }
        }
    }
}
