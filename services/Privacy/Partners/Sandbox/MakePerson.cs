using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record MakePersonRequest;

/// <summary>A person who does not exist, to whom something happens that the partner may hear of.</summary>
internal static class MakePerson
{
    private static Task<IResult> Handle(
        MakePersonRequest request, Commands commands, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, partnerId, now) = (Guid.CreateVersion7(), caller.Partner!.Value, time.GetUtcNow());
        return commands.CreateAsync<Person>(
            id,
            accountId: null,
            async (work, token) =>
            {
                var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, token);
                if (sets?.InForce(now) is not { } set) return SandboxRefusals.NothingPublished;
                Partner? partner = null;
                var added = await work.ChangeAsync<Partner>(partnerId, known => Add(partner = known, caller, id, now), token);
                if (added.Refusal is { } refusal) return refusal;
                await work.AppendAsync<SubjectFeed>(
                    RecordEntry.StreamOf(id), [.. BeginStory.Of(new(id, partner!, now))], token);
                return Decision.Of(new SyntheticPersonMade(partnerId, set.PolicySet, set.Documents, now));
            },
            // Those who are asked for at once are counted one after the other.
            lane: partnerId,
            cancellationToken: cancellationToken);
    }

    private static Decision Add(Partner? partner, Caller caller, Guid id, DateTimeOffset now) =>
        (caller.WhyNot(partner) ?? SandboxRefusals.WhyNot(partner!, now) ?? SandboxRefusals.WhyNoMore(partner!))
            is { } refusal
            ? refusal
            : Decision.Of(new SyntheticPersonAdded(id, now));

    public static void Map(RouteGroupBuilder people) => people.MapPost("", Handle)
        .WithName("MakeSyntheticPerson")
        .Allow(Access.OfPartner())
        .WithSummary("Makes a person who does not exist, with a small story in the feed, for this sandbox alone.")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
