using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>Whom the privacy officer writes to: it owes an answer to an erasure or a correction.</summary>
/// <param name="PartnerId">A partner that was given something of the person.</param>
/// <param name="Company">Its name.</param>
/// <param name="StoppedSince">Since when nothing is delivered to it: it may not know. Null while deliveries go on.</param>
internal sealed record UnansweredRecipient(Guid PartnerId, string Company, DateTimeOffset? StoppedSince)
{
    public static async Task<IReadOnlyList<UnansweredRecipient>> OfAsync(
        IEnumerable<Guid> partnerIds, Reader reader, CancellationToken cancellationToken)
    {
        var recipients = new List<UnansweredRecipient>();
        foreach (var id in partnerIds)
        {
            var partner = (await reader.LatestAsync<Partner>(id, cancellationToken))!;
            recipients.Add(new(id, partner.Company, partner.StoppedSince));
        }

        return recipients;
    }
}
