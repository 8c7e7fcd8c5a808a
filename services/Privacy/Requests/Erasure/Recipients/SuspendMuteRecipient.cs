using System.Globalization;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>
/// A partner has not said in time that it deleted what it was given: it is given nothing more of anybody until staff resumes
/// it, and the certificate names it. One that was resumed meanwhile has the whole time from then on, as long as the person is
/// answered by the day that the law wants.
/// </summary>
internal sealed class SuspendMuteRecipient(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "suspend-mute-recipient";

    /// <summary>Certifying takes seconds, and may have to be tried again.</summary>
    private static readonly TimeSpan ToCertify = TimeSpan.FromDays(1);

    /// <summary>One deadline for each partner.</summary>
    public static string Argument(Guid partnerId) => partnerId.ToString("D", CultureInfo.InvariantCulture);

    /// <param name="erasure">The erasure.</param>
    /// <param name="partner">Who has not answered.</param>
    /// <param name="answerBy">Until when the law wants the person to be answered; null where nobody asked.</param>
    /// <param name="now">Now.</param>
    internal static Decision Decide(ErasureOfPerson? erasure, Partner partner, DateTimeOffset? answerBy, DateTimeOffset now)
    {
        if (erasure is not { Told: { } told } || erasure.IsSettled(partner.Id)) return Decision.Nothing;
        var latest = (answerBy ?? erasure.Order.OrderedAt.AddMonths(1)) - ToCertify;
        var rest = partner.Stopped is null && partner.DeliveredSince > told.ToldAt
            ? Earlier(partner.DeliveredSince + TellRecipients.Patience, latest)
            : now;
        if (rest > now) return Decision.Of(new RecipientGivenTime(partner.Id, rest, now));
        // One that was stopped after it could have come is no better off than one that goes on.
        var stoppedSince = partner.StoppedSince <= told.ToldAt ? partner.StoppedSince : null;
        return Answers.Settle(new RecipientOverdue(partner.Id, now, stoppedSince), erasure.Apply, now);
    }

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) =>
        {
            var (partnerId, now) = (Guid.Parse(deadline.Argument), time.GetUtcNow());
            var partner = (await work.Session.Events.FetchLatest<Partner>(partnerId, token))!;
            var order = (await work.Session.Events.FetchLatest<ErasureOfPerson>(deadline.StreamId, token))!.Order;
            var request = order.RequestId is { } id ? await work.Session.Events.FetchLatest<Request>(id, token) : null;
            var decided = await work.ChangeAsync<ErasureOfPerson>(
                deadline.StreamId, erasure => Decide(erasure, partner, request?.AnswerBy, now), token);
            // One whose agreement is over is given nothing as it is.
            if (decided.Events.OfType<RecipientOverdue>().Any())
            {
                await work.ChangeAsync<Partner>(
                    partnerId, known => SuspendPartner.Decide(known!, StopReason.ErasureNotAcknowledged, now), token);
            }

            return decided;
        },
        cancellationToken);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
