using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>What a service holds of a customer that partners may be told.</summary>
public interface ICustomerParts
{
    /// <summary>The parts as they are now; none if the customer is not known here.</summary>
    /// <param name="session">The store.</param>
    /// <param name="accountId">The customer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CustomerPart>> OfAsync(
        IDocumentSession session, Guid accountId, CancellationToken cancellationToken);
}
