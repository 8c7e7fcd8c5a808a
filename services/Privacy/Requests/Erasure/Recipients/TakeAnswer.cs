using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>A partner has deleted what it was given. In time or late, the first answer counts; a late one is certified
/// anew.</summary>
internal static class TakeAnswer
{
    internal static Decision Decide(ErasureOfPerson? erasure, Guid partnerId, string how, DateTimeOffset now) =>
        erasure is null || !erasure.IsRecipient(partnerId) || erasure.Answered.ContainsKey(partnerId)
            ? Decision.Nothing
            : Answers.Settle(new RecipientErased(partnerId, how, now), erasure.Apply, now);

    /// <summary>By the account, for that is what a partner was told of. In the unit of work that writes the
    /// acknowledgement into the accounting.</summary>
    public static async Task ByApiAsync(
        UnitOfWork work, Guid accountId, Guid partnerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await work.Session.Events.FetchLatest<Person>(accountId, cancellationToken);
        // Of a synthetic person no service erases anything.
        if (person?.Erasing is not { } erasing) return;
        await work.ChangeAsync<ErasureOfPerson>(
            erasing.ErasureId, erasure => Decide(erasure, partnerId, RecipientAnswers.ByApi, now), cancellationToken);
    }
}
