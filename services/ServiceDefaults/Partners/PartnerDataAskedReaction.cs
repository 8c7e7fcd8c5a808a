using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Privacy asks for values of a person on behalf of a partner. What is erased or restricted is not opened. What will be is put on
/// record in the same transaction: the partner is who sees it.
/// </summary>
internal sealed class PartnerDataAskedReaction(
    ServiceDefinition definition, ICustomerParts parts, Vault vault, TimeProvider time) : IReaction<PartnerDataAsked>
{
    private const string Purpose = "partner-sharing";

    public Guid StreamOf(PartnerDataAsked message) => message.AskId;

    public async Task ReactAsync(UnitOfWork work, PartnerDataAsked message, CancellationToken cancellationToken)
    {
        // A key that nothing can be encrypted for fails here, and not in what publishes.
        _ = PartnerCipher.Encrypt("", message.Key);
        var wanted = await OpenableAsync(work, message, cancellationToken);
        if (wanted.Count == 0) return;
        var now = time.GetUtcNow();
        var due = new PartnerDataDue(
            message.AskId,
            message.PartnerId,
            message.AccountId,
            [.. wanted.SelectMany(part => part.Members).Intersect(message.Members, StringComparer.Ordinal)],
            message.Key,
            now);
        var decided = await work.ChangeAsync<AnsweredAsk>(
            message.AskId, known => AnsweredAsk.Answer(known, due), cancellationToken);
        if (decided.Events.Count > 0) await RecordAsync(work, due, wanted, now, cancellationToken);
    }

    private async Task<IReadOnlyList<CustomerPart>> OpenableAsync(
        UnitOfWork work, PartnerDataAsked message, CancellationToken cancellationToken)
    {
        var open = new List<CustomerPart>();
        foreach (var part in await parts.OfAsync(work.Session, message.AccountId, cancellationToken))
        {
            if (!part.Members.Intersect(message.Members, StringComparer.Ordinal).Any()) continue;
            var states = await vault.StateAsync(part.Value.Subject, cancellationToken);
            if (states.Any(state => state.Group == part.Value.Group && state.Keys == KeyStanding.Active)) open.Add(part);
        }

        return open;
    }

    private async Task RecordAsync(
        UnitOfWork work,
        PartnerDataDue due,
        IReadOnlyList<CustomerPart> opened,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var id = DeterministicId.From(due.AskId, definition.Name);
        var details = new OpeningDetails(
            $"partner/{due.PartnerId:D}",
            "partner",
            OpeningRecord.GroupsOf(opened.Select(part => part.Value)),
            Purpose,
            "consent",
            $"PartnerDataAsked/{due.AskId:D}");
        work.Start<PersonalDataOpened>(
            id, await OpeningRecord.OfAsync(vault, id, due.AccountId, details, now, cancellationToken));
    }
}
