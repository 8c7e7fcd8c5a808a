using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>From the person's seal to the partner's key, and never in clear between: what is published is opened here, as it is
/// by now. What was erased or restricted meanwhile stays shut.</summary>
internal sealed class Enclosing(ICustomerParts parts, Vault vault)
{
    /// <returns>Null if nothing can be opened any more: then nothing is answered.</returns>
    public async Task<CustomerSharedData?> OfAsync(
        PartnerDataDue due, IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var enclosed = new Dictionary<string, EncryptedValue>(StringComparer.Ordinal);
        foreach (var part in await parts.OfAsync(session, due.AccountId, cancellationToken))
        {
            if (!part.Members.Intersect(due.Members, StringComparer.Ordinal).Any()) continue;
            foreach (var (member, value) in await part.OpenAsync(vault, cancellationToken))
            {
                if (due.Members.Contains(member, StringComparer.Ordinal))
                    enclosed[member] = new EncryptedValue(PartnerCipher.Encrypt(value, due.Key));
            }
        }

        return enclosed.Count == 0 ? null : new CustomerSharedData(
            enclosed.GetValueOrDefault(CustomerMembers.Name),
            enclosed.GetValueOrDefault(CustomerMembers.Email),
            enclosed.GetValueOrDefault(CustomerMembers.Phone),
            enclosed.GetValueOrDefault(CustomerMembers.Address));
    }
}
