using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>The time for answers to a correction is over: a partner that has not said that it uses the old value no more is given
/// nothing of anybody until staff resumes it. Who has to delete everything of the person by now owes no answer to this.</summary>
internal sealed class SettleRectification(PartnerTellings tellings, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "settle-rectification";

    /// <summary>As long as for an erasure.</summary>
    public static readonly TimeSpan Patience = TellRecipients.Patience;

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        DataRectified { AnswerBy: { } by } x => [new DeadlineChange.Set(Kind, by, $"{x.RectificationId:D}")],
        RectificationSettled x => [new DeadlineChange.Clear(Kind, $"{x.RectificationId:D}")],
        _ => [],
    };

    internal static Decision Decide(
        Rectifications? known,
        DataRectified rectified,
        IReadOnlyList<PartnerTelling> tellings,
        Person? person,
        DateTimeOffset now)
    {
        if (known?.Settled.Contains(rectified.RectificationId) != false) return Decision.Nothing;
        var entry = RecordRectification.EntryOf(rectified).EntryId;
        var silent =
            from telling in tellings
            where telling.EntryId == entry && telling.AcknowledgedAt is null && person?.Erasing is null
            where known.FindTold(rectified.RectificationId, telling.PartnerId) is null
            select telling.PartnerId;
        return Decision.Of(new RectificationSettled(rectified.RectificationId, [.. silent.Distinct()], now));
    }

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) =>
        {
            var known = await work.Session.Events.FetchLatest<Rectifications>(deadline.StreamId, token);
            var rectified = known!.Find(Guid.Parse(deadline.Argument))!;
            var person = await work.Session.Events.FetchLatest<Person>(rectified.AccountId, token);
            var told = await tellings.OfCorrectionsAsync(rectified.AccountId, token);
            var decided = await work.ChangeAsync<Rectifications>(
                deadline.StreamId, latest => Decide(latest, rectified, told, person, time.GetUtcNow()), token);
            foreach (var partnerId in decided.Events.Cast<RectificationSettled>().SelectMany(settled => settled.Silent))
            {
                // One whose agreement is over is given nothing as it is.
                await work.ChangeAsync<Partner>(
                    partnerId,
                    partner => SuspendPartner.Decide(partner!, StopReason.CorrectionNotAcknowledged, time.GetUtcNow()),
                    token);
            }

            return decided;
        },
        cancellationToken);
}
