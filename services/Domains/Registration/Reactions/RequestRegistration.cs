using EPerfect.Contracts.Orders;
using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace EPerfect.Domains.Registration.Reactions;

/// <summary>A paid order asks for a name.</summary>
internal sealed class RequestRegistration(TimeProvider clock, IOptions<DomainsOptions> options)
    : IReaction<DomainRegistrationRequested, Domain>
{
    public Guid StreamOf(DomainRegistrationRequested message) => DomainId.Of(message.DomainName);

    public Task ReactAsync(UnitOfWork work, DomainRegistrationRequested message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Domain>(
            StreamOf(message),
            domain => Decide(domain, message, options.Value.UsualNameservers, clock.GetUtcNow()),
            cancellationToken);

    /// <summary>
    /// One request at a time is with the registry. Who comes second waits, for the first may yet fail; who comes to a
    /// registered name is told so at once. Every line gets exactly one answer, however often it asks.
    /// </summary>
    public static Decision Decide(
        Domain? domain, DomainRegistrationRequested message, IReadOnlyList<string> ourNameservers, DateTimeOffset now)
    {
        if (domain?.Knows(message.ItemId) == true) return Decision.Nothing;
        var request = new RegistrationRequest(
            message.OrderId,
            message.ItemId,
            message.AccountId,
            message.DomainName,
            message.Years,
            message.RegistrantContactId,
            message.Nameservers.Count > 0 ? message.Nameservers : ourNameservers);
        if (domain?.Pending is not null) return Decision.Of([new RegistrationQueued(request, now)]);
        return RegistrationRules.WhyNot(domain, request) is { } reason
            ? Decision.Of([new RegistrationFailed(
                request.DomainName, request.OrderId, request.ItemId, reason, now, request.AccountId)])
            : Decision.Of([new RegistrationStarted(request, now)]);
    }
}
