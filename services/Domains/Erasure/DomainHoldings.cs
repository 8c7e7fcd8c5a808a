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
        foreach (var name in started.Union(queued))
        {
            var own = new OwnPart(accountId);
            await foreach (var held in session.Events.HoldingsAsync(name, cancellationToken))
            {
                if (own.Has(held.Data)) yield return held;
            }
        }
    }

    /// <summary>Others may have wanted the name before, and may have it after: what is theirs is nobody else's
    /// business.</summary>
    private sealed class OwnPart(Guid accountId)
    {
        private readonly HashSet<Guid> items = [];
        private bool holds;

        public bool Has(object e) => e switch
        {
            RegistrationStarted x => Asks(x.Request),
            RegistrationQueued x => Asks(x.Request),
            RegistrationAttemptFailed x => items.Contains(x.ItemId),
            RegistrationFailed x => items.Contains(x.ItemId),
            DomainRegistered x => holds = x.AccountId == accountId,
            _ => holds,
        };

        private bool Asks(RegistrationRequest request) => request.AccountId == accountId && Knows(request.ItemId);

        private bool Knows(Guid item)
        {
            items.Add(item);
            return true;
        }
    }
}
