using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Registration;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Erasure;

/// <summary>A registrar must know whose a domain is while it is registered: the contact goes when the registration
/// ends. While the registry is asked it may have registered already, whatever was heard of it.</summary>
internal sealed class DomainErasure(IDocumentSession session) : IErasure
{
    public const string RegistrationContract = "registration-contract";

    /// <summary>What a registrar promises the registry.</summary>
    public static readonly Retention Registered = new(
        RegistrationContract, RetentionTrigger.RegistrationEnded, "P0D", "the duty to know a domain's registrant");

    /// <summary>An answer is looked for anew after that.</summary>
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromDays(1);

    /// <summary>What comes after this is refused by the destroyed key.</summary>
    public Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public async Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var registered = await session.Query<RegisteredDomain>()
            .Where(domain => domain.AccountId == accountId)
            .ToListAsync(cancellationToken);
        var asked = await session.StreamsAsync("registration_started", "request,accountId", accountId, cancellationToken);
        var ends = registered.Select(domain => domain.ExpiresAt).Where(end => end > now).ToList();
        if (await IsAnyPendingAsync(accountId, asked.Except(registered.Select(domain => domain.Id)), cancellationToken))
            ends.Add(now + UntilAnswered);
        return ends.Count == 0 ? [] : [(DataGroup.Contact, RegistrationContract, ends.Max())];
    }

    /// <summary>Nothing here lies outside of a key: a domain's name and its holder's country are public facts.</summary>
    public Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemovedRows>>([]);

    private async Task<bool> IsAnyPendingAsync(
        Guid accountId, IEnumerable<Guid> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            var domain = await session.Events.FetchLatest<Domain>(name, cancellationToken);
            if (domain?.Pending?.AccountId == accountId) return true;
        }

        return false;
    }
}
