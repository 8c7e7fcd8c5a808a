namespace EPerfect.Domains.Contacts;

/// <summary>Which contacts an account has. A projection: dropped and rebuilt, it is the same.</summary>
internal sealed record ContactLine(Guid Id, Guid AccountId)
{
    public static ContactLine Create(ContactRegistered e) => new(e.ContactId, e.AccountId);
}
