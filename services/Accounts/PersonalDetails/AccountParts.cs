using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>What partners may be told of a customer, as far as it stands here: the name, and the
/// address of the account.</summary>
internal sealed class AccountParts : ICustomerParts
{
    public async Task<IReadOnlyList<CustomerPart>> OfAsync(
        IDocumentSession session, Guid accountId, CancellationToken cancellationToken) =>
        await session.Events.FetchLatest<Account>(accountId, cancellationToken) is { IsClosed: false } account
            ?
            [
                CustomerPart.Of(account.Identity, (CustomerMembers.Name, who => who.Name)),
                CustomerPart.Of(account.Contact, (CustomerMembers.Email, where => where.Email)),
            ]
            : [];
}
