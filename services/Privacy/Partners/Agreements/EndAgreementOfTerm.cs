using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Ends what was agreed for a time when that time is over, as staff would: deliveries stop at a known position, and what
/// is agreed after that begins anew.</summary>
internal sealed class EndAgreementOfTerm(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "end-agreement-of-term";

    /// <summary>What was agreed meanwhile may last longer, or for ever.</summary>
    internal static Decision Decide(Partner? partner, DateTimeOffset now) =>
        partner is { Ended: null, Agreement.Terms.Until: { } until } && until <= now
            ? Decision.Of(new AgreementEnded(StopReason.AgreementOver, now))
            : Decision.Nothing;

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        AgreementActivated x => [At(x.Until)],
        AgreementNarrowed x => [At(x.Terms.Until)],
        AgreementEnded => [At(until: null)],
        _ => [],
    };

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) => EndAgreement.Carry(work, deadline.StreamId, await work.ChangeAsync<Partner>(
            deadline.StreamId, partner => Decide(partner, time.GetUtcNow()), token)),
        cancellationToken);

    private static DeadlineChange At(DateTimeOffset? until) =>
        until is { } end ? new DeadlineChange.Set(Kind, end) : new DeadlineChange.Clear(Kind);
}
