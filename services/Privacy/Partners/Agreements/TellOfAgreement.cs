using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>The partner hears, by each of its ways, that its agreement is another now; in the unit of work that makes it
/// so. Of its first one it has nothing to unlearn.</summary>
internal static class TellOfAgreement
{
    /// <summary>What the partner is to hear of what was decided; null if nothing.</summary>
    internal static FeedEntryRecorded? Notice(Partner partner, Decision decided)
    {
        if (decided.Refusal is not null || partner.Agreement is not { } before) return null;
        var state = partner.Suspended is null ? PartnerState.Active : PartnerState.Suspended;
        foreach (var e in decided.Events)
        {
            switch (e)
            {
                case AgreementActivated x: return Entry(partner.Id, x.Version, state, x.ActivatedAt);
                case AgreementNarrowed x: return Entry(partner.Id, x.Version, state, x.NarrowedAt);
                case PartnerResumed x: return Entry(partner.Id, before.Version, PartnerState.Active, x.ResumedAt);
            }
        }

        return null;
    }

    public static async Task<Decision> RecordAsync(
        UnitOfWork work, Partner partner, Decision decided, CancellationToken cancellationToken)
    {
        if (Notice(partner, decided) is { } entry) await RecordEntry.RecordAsync(work, entry, cancellationToken);
        return decided;
    }

    private static FeedEntryRecorded Entry(Guid partner, int version, PartnerState state, DateTimeOffset at) => RecordEntry.Entry(
        partner,
        $"{partner:D} {version} {at:O}",
        new AgreementChangedData(version, state.ToString().ToLowerInvariant(), at),
        at,
        onlyFor: partner);
}
