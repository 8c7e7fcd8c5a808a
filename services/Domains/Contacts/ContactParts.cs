using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Contacts;

/// <summary>
/// What partners may be told of a customer, as far as it stands here: number and address of the registrant contact. Where there
/// are several, some are other people, such as a reseller's customers, who agreed to nothing: then none is told.
/// </summary>
internal sealed class ContactParts : ICustomerParts
{
    public async Task<IReadOnlyList<CustomerPart>> OfAsync(
        IDocumentSession session, Guid accountId, CancellationToken cancellationToken)
    {
        var contacts = await session.Query<ContactLine>()
            .Where(contact => contact.AccountId == accountId).Take(2).ToListAsync(cancellationToken);
        if (contacts is not [var only]) return [];
        var contact = await session.Events.FetchLatest<Contact>(only.Id, cancellationToken);
        return
        [
            CustomerPart.Of(
                contact!.Registrant,
                (CustomerMembers.Phone, who => who.Phone),
                (CustomerMembers.Address, who => who.Address)),
        ];
    }
}
