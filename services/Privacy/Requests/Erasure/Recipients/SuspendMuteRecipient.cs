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

    /// <summary>One deadline for each partner.</summary>
    public static string Argument(Guid partnerId) => partnerId.ToString("D", CultureInfo.InvariantCulture);

    /// <param name="erasure">The erasure.</param>
    /// <param name="partner">Who has not answered.</param>
    /// <param name="latest">How long the certificate may wait.</param>
    /// <param name="now">Now.</param>
    internal static Decision Decide(ErasureOfPerson? erasure, Partner partner, DateTimeOffset latest, DateTimeOffset now)
    {
        if (erasure is not { Told: { } told } || erasure.IsSettled(partner.Id)) return Decision.Nothing;
        var rest = partner.Stopped is null && partner.DeliveredSince > told.ToldAt
            ? AnswerTime.OfResumed(partner.DeliveredSince, latest)
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
            var latest = await AnswerTime.LatestAsync(work, order, token);
            var decided = await work.ChangeAsync<ErasureOfPerson>(
                deadline.StreamId, erasure => Decide(erasure, partner, latest, now), token);
            // One whose agreement is over is given nothing as it is.
            if (decided.Events.OfType<RecipientOverdue>().Any())
            {
                await work.ChangeAsync<Partner>(
                    partnerId, known => SuspendPartner.Decide(known!, StopReason.ErasureNotAcknowledged, now), token);
            }

            return decided;
        },
        cancellationToken);
}
