using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Shreds the contact of a partner with whom nothing is agreed any more, when the partner cannot hold anything of
/// ours.</summary>
internal sealed class ForgetErasureContact(Reader reader, Vault vault, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "forget-erasure-contact";

    public static readonly Retention Retention = new(
        "partner-contact",
        RetentionTrigger.AgreementEnded,
        "P10Y",
        "as long as a partner may hold what it got from us, somebody there is to be told of erasures (GDPR Art. 19)");

    /// <summary>What was agreed again meanwhile keeps it.</summary>
    internal static Decision Decide(Partner? partner, DateTimeOffset now) => IsOver(partner)
        ? Decision.Of(new ErasureContactForgotten(now))
        : Decision.Nothing;

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        PartnerRegistered x => [new DeadlineChange.Set(Kind, Retention.EndFrom(x.RegisteredAt))],
        AgreementActivated or ErasureContactForgotten => [new DeadlineChange.Clear(Kind)],
        AgreementEnded x => [new DeadlineChange.Set(Kind, Retention.EndFrom(x.EndedAt))],
        _ => [],
    };

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var partner = deadline.StreamId;
        if (!IsOver(await reader.LatestAsync<Partner>(partner, cancellationToken))) return;
        await vault.ShredAsync(partner, DataGroup.Contact, erasureId: partner, cancellationToken);
        var now = time.GetUtcNow();
        await writer.WriteAsync(
            partner,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                var decided = await work.ChangeAsync<Partner>(partner, state => Decide(state, now), token);
                if (decided.Events.Count > 0)
                    await work.TellAsync(new RetentionApplied(Retention.Rule, Retention.Period, Removed: 1, now), token);
                return decided;
            },
            cancellationToken);
    }

    private static bool IsOver(Partner? partner) =>
        partner is { ContactForgottenAt: null } and ({ Agreement: null } or { Ended: not null });
}
