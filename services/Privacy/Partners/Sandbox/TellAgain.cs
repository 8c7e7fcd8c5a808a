using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>The sandbox has another key: who its people are it hears again, as of customers. In the unit of work that changes the
/// key, so that nobody comes or is corrected in between.</summary>
internal static class TellAgain
{
    /// <param name="work">What changes the key.</param>
    /// <param name="partner">With the new key.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task OfAllAsync(
        UnitOfWork work, Partner partner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var id in partner.SyntheticPeople.Order())
        {
            var person = await work.Session.Events.FetchLatest<Person>(id, cancellationToken);
            if (person!.Erasing is not null || person.LastChoice(Purposes.PartnerSharing) is not { Given: true }) continue;
            var feed = RecordEntry.StreamOf(id);
            var told = await work.Session.Events.FetchStreamAsync(feed, token: cancellationToken);
            var corrected = told.Select(e => e.Data).OfType<FeedEntryRecorded>()
                .LastOrDefault(e => e.Type == CustomerRectifiedData.EventType);
            var story = new SandboxStory(id, partner, now) { Cause = $"{id:D} {partner.Key!.ToEncrypt().Kid}" };
            FeedEntryRecorded[] again =
            [
                .. SyntheticCustomer.OfAccount(story, SyntheticCustomer.NameAfter(corrected), now),
                .. SyntheticCustomer.OfRegistrant(story, now),
            ];
            await work.AppendAsync<SubjectFeed>(feed, again, cancellationToken);
        }
    }
}
