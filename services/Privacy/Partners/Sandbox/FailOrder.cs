using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record FailOrderRequest;

/// <summary>The synthetic person orders a name that somebody else gets: it is paid back, and the order ends.</summary>
internal static class FailOrder
{
    private const string Reason = "domain-taken";

    internal static IEnumerable<FeedEntryRecorded> Of(SandboxStory story)
    {
        var (order, item) = (story.Id($"order {story.Cause}"), story.Id($"name {story.Cause}"));
        return
        [
            story.Entry(
                new OrderPlacedData(
                    order, SandboxStory.Currency, "9.97", [new(item, "domain-com", "domain", "9.97")], story.Before(4)),
                story.Before(4)),
            story.Entry(new OrderPaidData(order, SandboxStory.Currency, "9.97", story.Before(3)), story.Before(3)),
            story.Entry(
                new DomainRegistrationFailedData(
                    $"taken-{story.Person:N}.example", order, item, Reason, story.Before(2)),
                story.Before(2)),
            story.Entry(
                new OrderItemRefundedData(order, item, SandboxStory.Currency, "9.97", Reason, story.Before(1)),
                story.Before(1)),
            story.Entry(new OrderCancelledData(order, "nothing-delivered", story.Now), story.Now),
        ];
    }

    private static Task<IResult> Handle(
        Guid personId, FailOrderRequest request, SandboxPeople people, CancellationToken cancellationToken) =>
        people.TellAsync(personId, Of, cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{personId:guid}/failed-order", Handle)
        .WithName("FailSyntheticOrder")
        .Allow(Access.OfPartner())
        .WithSummary("The synthetic person orders a name that is taken: the order fails and is paid back.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
