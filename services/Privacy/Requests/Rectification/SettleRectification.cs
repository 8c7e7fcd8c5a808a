using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>The time for answers to a correction is over: a partner that has not said that it uses the old value no more is
/// given nothing of anybody until staff resumes it. Each has the whole time from when it could hear of it: one that was told
/// later, or was suspended meanwhile, is looked at again. Who has to delete everything of the person by now owes no answer to
/// this.</summary>
internal sealed class SettleRectification(PartnerTellings tellings, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "settle-rectification";

    /// <summary>As long as for an erasure.</summary>
    public static readonly TimeSpan Patience = AnswerTime.Usual;

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        DataRectified { AnswerBy: { } by } x => [new DeadlineChange.Set(Kind, by, $"{x.RectificationId:D}")],
        RectificationSettled { RestBy: { } by } x => [new DeadlineChange.Set(Kind, by, $"{x.RectificationId:D}")],
        RectificationSettled x => [new DeadlineChange.Clear(Kind, $"{x.RectificationId:D}")],
        _ => [],
    };

    internal static Decision Decide(
        Rectifications? known,
        DataRectified rectified,
        IReadOnlyList<PartnerTelling> tellings,
        IReadOnlyList<Partner> partners,
        Person? person,
        DateTimeOffset now)
    {
        if (known?.Settled.Contains(rectified.RectificationId) != false) return Decision.Nothing;
        var unanswered = person?.Erasing is null ? Unanswered(known, rectified, tellings).ToList() : [];
        var owing = (
            from telling in unanswered
            where !known.Silent.Contains((rectified.RectificationId, telling.PartnerId))
            join partner in partners on telling.PartnerId equals partner.Id
            where partner.Ended is null
            select (telling.PartnerId, By: AnswerBy(rectified, telling, partner, now))).ToList();
        var rest = owing.Where(one => one.By > now).Select(one => (DateTimeOffset?)one.By).Min();
        var silent = owing.Where(one => one.By <= now).Select(one => one.PartnerId);
        return Decision.Of(
            new RectificationSettled(rectified.RectificationId, [.. silent], now, rest, IsAnswered: unanswered.Count == 0));
    }

    internal static IEnumerable<PartnerTelling> Unanswered(
        Rectifications known, DataRectified rectified, IReadOnlyList<PartnerTelling> tellings) =>
        from telling in tellings
        where telling.EntryId == RecordRectification.EntryOf(rectified).EntryId && telling.AcknowledgedAt is null
        where known.FindTold(rectified.RectificationId, telling.PartnerId) is null
        select telling;

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) =>
        {
            var known = await work.Session.Events.FetchLatest<Rectifications>(deadline.StreamId, token);
            var rectified = known!.Find(Guid.Parse(deadline.Argument))!;
            var person = await work.Session.Events.FetchLatest<Person>(rectified.AccountId, token);
            var told = await tellings.OfCorrectionsAsync(rectified.AccountId, token);
            var partners = new List<Partner>();
            foreach (var one in Unanswered(known, rectified, told))
                partners.Add((await work.Session.Events.FetchLatest<Partner>(one.PartnerId, token))!);
            var decided = await work.ChangeAsync<Rectifications>(
                deadline.StreamId, latest => Decide(latest, rectified, told, partners, person, time.GetUtcNow()), token);
            foreach (var partnerId in decided.Events.Cast<RectificationSettled>().SelectMany(settled => settled.Silent))
            {
                await work.ChangeAsync<Partner>(
                    partnerId,
                    partner => SuspendPartner.Decide(partner!, StopReason.CorrectionNotAcknowledged, time.GetUtcNow()),
                    token);
            }

            return decided;
        },
        cancellationToken);

    private static DateTimeOffset AnswerBy(
        DataRectified rectified, PartnerTelling telling, Partner partner, DateTimeOffset now)
    {
        if (partner.Suspended is not null) return now + Patience;
        var recorded = rectified.AnswerBy!.Value - Patience;
        return new[] { recorded, telling.GivenAt, telling.ToldAt ?? recorded, partner.DeliveredSince }.Max() + Patience;
    }
}
