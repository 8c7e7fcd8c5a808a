using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record CorrectPersonRequest;

/// <summary>The synthetic person's name was wrong: who was told it hears of that, and of the right one.</summary>
internal static class CorrectPerson
{
    internal static IEnumerable<FeedEntryRecorded> Of(SandboxStory story)
    {
        var corrected = story.Entry(new CustomerRectifiedData([CustomerMembers.Name], story.Now), story.Now);
        return [corrected, .. SyntheticCustomer.OfAccount(story, SyntheticCustomer.NameAfter(corrected), story.Now)];
    }

    private static Task<IResult> Handle(
        Guid personId, CorrectPersonRequest request, SandboxPeople people, CancellationToken cancellationToken) =>
        people.TellAsync(personId, Of, cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{personId:guid}/correction", Handle)
        .WithName("CorrectSyntheticPerson")
        .Allow(Access.OfPartner())
        .WithSummary("The synthetic person's name is corrected.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
