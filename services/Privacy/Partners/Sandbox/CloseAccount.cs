using EPerfect.Contracts.Partners;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record CloseAccountRequest;

/// <summary>The synthetic person closes the account: it orders nothing any more.</summary>
internal static class CloseAccount
{
    internal static Decision Decide(Person person, DateTimeOffset now) =>
        SandboxRefusals.WhyNoStory(person) is { } refusal ? refusal : Decision.Of(new SyntheticAccountClosed(now));

    private static Task<IResult> Handle(
        Guid personId, CloseAccountRequest request, SandboxPeople people, CancellationToken cancellationToken) =>
        people.ChangeAsync(
            personId, Decide, story => [story.Entry(new AccountClosedData(story.Now), story.Now)], cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{personId:guid}/closure", Handle)
        .WithName("CloseSyntheticAccount")
        .Allow(Access.OfPartner())
        .WithSummary("The synthetic person's account is closed.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
