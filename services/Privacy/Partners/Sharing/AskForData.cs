using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>Asks the services for what partners may be told of a person: nothing that may not be told now is opened.</summary>
internal sealed class AskForData(TimeProvider time)
{
    private static readonly FeedType Shared = FeedTypes.Find(CustomerSharedData.EventType)!;

    /// <param name="known">What was asked for before.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="accountId">The person.</param>
    /// <param name="facts">What is known of the person, now.</param>
    /// <param name="cause">Why it is asked; what is asked for the same cause is asked once.</param>
    /// <param name="now">When.</param>
    internal static Decision Decide(
        Sharing? known, Partner partner, Guid accountId, Facts facts, AskCause cause, DateTimeOffset now)
    {
        if (partner is not { Mode: PartnerMode.Live, Key: { } key } || partner.Agreed(now) is not { } agreement
            || facts.Person is not { Erasing: null, IsRestricted: false } person
            || FeedRules.AsAgreed(Shared, agreement.Terms, facts) is not { } allowed) return Decision.Nothing;
        string[] members = [.. allowed.Fields.Where(cause.IsAbout)];
        var encryption = key.ToEncrypt();
        var id = DeterministicId.From(
            partner.Id, $"{accountId:D} {agreement.Version} {encryption.Kid} {cause.NameFor(person)}");
        return members.Length == 0 || cause.IsSettled(known) || known?.Asked.ContainsKey(id) == true
            ? Decision.Nothing
            : Decision.Of(new PartnerDataAsked(id, partner.Id, accountId, agreement.Version, members, encryption, now));
    }

    /// <summary>On behalf of every partner that may be told.</summary>
    public async Task ForAllAsync(UnitOfWork work, Guid accountId, AskCause cause, CancellationToken cancellationToken)
    {
        var partners = await work.Session.Query<PartnerLine>()
            .Where(line => line.State == PartnerState.Active || line.State == PartnerState.Suspended)
            .OrderBy(line => line.Id)
            .Select(line => line.Id)
            .ToListAsync(cancellationToken);
        if (partners.Count == 0) return;
        var facts = await DecisionPoint.NowAsync(work.Session, accountId, time.GetUtcNow(), cancellationToken);
        foreach (var id in partners)
        {
            var partner = await work.Session.Events.FetchLatest<Partner>(id, cancellationToken);
            await ForOneAsync(work, partner!, accountId, facts, cause, cancellationToken);
        }
    }

    public Task ForOneAsync(
        UnitOfWork work,
        Partner partner,
        Guid accountId,
        Facts facts,
        AskCause cause,
        CancellationToken cancellationToken) => work.ChangeAsync<Sharing>(
            Sharing.StreamOf(partner.Id, accountId),
            known => Decide(known, partner, accountId, facts, cause, time.GetUtcNow()),
            cancellationToken);
}
