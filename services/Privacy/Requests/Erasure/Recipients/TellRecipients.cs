using System.Collections.Immutable;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>
/// Tells every partner that was given something of the person (GDPR Art. 17(2), 19). It runs after the order has been
/// committed: from then on the gate lets nothing more of the person out, so the accounting is complete.
/// </summary>
internal sealed class TellRecipients(PartnerTellings tellings, Reader reader, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "tell-erasure-recipients";

    internal static Decision Decide(
        ErasureOfPerson? erasure, ImmutableArray<ErasureRecipient> recipients, DateTimeOffset answerBy, DateTimeOffset now) =>
        erasure is null or { Told: not null }
            ? Decision.Nothing
            : Answers.Settle(new RecipientsTold(recipients, answerBy, now), erasure.Apply, now);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (await reader.LatestAsync<ErasureOfPerson>(deadline.StreamId, cancellationToken) is not { } erasure) return;
        var order = erasure.Order;
        var recipients = await RecipientsAsync(order.AccountId, cancellationToken);
        await writer.WriteAsync(
            order.ErasureId,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                var now = time.GetUtcNow();
                var answerBy = AnswerTime.OfTold(now, await AnswerTime.LatestAsync(work, order, token));
                var decided = await work.ChangeAsync<ErasureOfPerson>(
                    order.ErasureId, latest => Decide(latest, recipients, answerBy, now), token);
                var entry = ErasedEntry.Of(order.AccountId, order.ErasureId, order.OrderedAt, answerBy);
                if (decided.Events.Count > 0 && !recipients.IsEmpty) await RecordEntry.RecordAsync(work, entry, token);
                return decided;
            },
            cancellationToken);
    }

    private async Task<ImmutableArray<ErasureRecipient>> RecipientsAsync(Guid account, CancellationToken cancellationToken)
    {
        var recipients = ImmutableArray.CreateBuilder<ErasureRecipient>();
        foreach (var partner in await tellings.GivenAsync(account, cancellationToken))
        {
            var known = await reader.LatestAsync<Partner>(partner, cancellationToken);
            recipients.Add(new ErasureRecipient(partner, known!.Company));
        }

        return recipients.ToImmutable();
    }
}
