using System.Globalization;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>A partner has not said in time that it deleted what it was given: it is given nothing more of anybody until staff
/// resumes it, and the certificate names it.</summary>
internal sealed class SuspendMuteRecipient(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "suspend-mute-recipient";

    /// <summary>One deadline for each partner.</summary>
    public static string Argument(Guid partnerId) => partnerId.ToString("D", CultureInfo.InvariantCulture);

    internal static Decision Decide(
        ErasureOfPerson? erasure, Guid partnerId, DateTimeOffset now, DateTimeOffset? stoppedSince = null) =>
        erasure is null || erasure.IsSettled(partnerId)
            ? Decision.Nothing
            : Answers.Settle(
                // One that was stopped after it could have come is no better off than one that goes on.
                new RecipientOverdue(partnerId, now, stoppedSince <= erasure.Told?.ToldAt ? stoppedSince : null),
                erasure.Apply,
                now);

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        $"privacy/{Kind}",
        async (work, token) =>
        {
            var (partnerId, now) = (Guid.Parse(deadline.Argument), time.GetUtcNow());
            var stopped = (await work.Session.Events.FetchLatest<Partner>(partnerId, token))?.StoppedSince;
            var decided = await work.ChangeAsync<ErasureOfPerson>(
                deadline.StreamId, erasure => Decide(erasure, partnerId, now, stopped), token);
            // One whose agreement is over is given nothing as it is.
            if (decided.Events.Count > 0)
            {
                await work.ChangeAsync<Partner>(
                    partnerId, partner => SuspendPartner.Decide(partner!, StopReason.ErasureNotAcknowledged, now), token);
            }

            return decided;
        },
        cancellationToken);
}
