using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>Changes a synthetic person, and puts what follows from it into the feed in the same unit of work.</summary>
internal sealed class SandboxPeople(Commands commands, Caller caller, TimeProvider time)
{
    /// <summary>Something happens that leaves the person as it is, and may happen again.</summary>
    public Task<IResult> TellAsync(
        Guid personId, Func<SandboxStory, IEnumerable<FeedEntryRecorded>> tell, CancellationToken cancellationToken)
    {
        var cause = $"{Guid.CreateVersion7():D}";
        return ChangeAsync(
            personId,
            (person, _) => SandboxRefusals.WhyNoStory(person) ?? Decision.Nothing,
            story => tell(story with { Cause = cause }),
            cancellationToken);
    }

    /// <summary>Something happens to the person itself.</summary>
    /// <param name="personId">Who; another partner's does not exist.</param>
    /// <param name="decide">What happens to the person.</param>
    /// <param name="tell">What the partner is told of that, in order.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<IResult> ChangeAsync(
        Guid personId,
        Func<Person, DateTimeOffset, Decision> decide,
        Func<SandboxStory, IEnumerable<FeedEntryRecorded>> tell,
        CancellationToken cancellationToken)
    {
        var (partnerId, now) = (caller.Partner!.Value, time.GetUtcNow());
        return commands.ChangeAsync<Partner>(
            partnerId,
            async (partner, work, token) =>
            {
                if (SandboxRefusals.WhyNot(partner, now) is { } refusal) return refusal;
                if (!partner.SyntheticPeople.Contains(personId)) return Refusals.NotFound("person");
                var changed = await work.ChangeAsync<Person>(personId, person => decide(person!, now), token);
                if (changed.Refusal is { } no) return no;
                await work.AppendAsync<SubjectFeed>(
                    RecordEntry.StreamOf(personId), [.. tell(new(personId, partner, now))], token);
                return Decision.Nothing;
            },
            cancellationToken);
    }
}
