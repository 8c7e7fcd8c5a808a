using EPerfect.PersonalData;
using Marten;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>
/// One account per e-mail address: the primary key is the address's blind index, so the database itself lets one of
/// two win. A document and not an event, because it must be forgotten with the person, and events stay.
/// </summary>
/// <param name="Id">The blind index.</param>
/// <param name="AccountId">Who holds the address.</param>
internal sealed record EmailClaim([InClear<AddressIndex>] string Id, Guid AccountId)
{
    public static void Move(IDocumentSession session, EmailClaim claim)
    {
        session.DeleteWhere<EmailClaim>(old => old.AccountId == claim.AccountId && old.Id != claim.Id);
        session.Insert(claim);
    }

    public static void Free(IDocumentSession session, Guid accountId) =>
        session.DeleteWhere<EmailClaim>(claim => claim.AccountId == accountId);
}
