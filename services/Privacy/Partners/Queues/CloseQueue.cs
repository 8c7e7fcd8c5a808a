using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>The partner gives its queue back, with what lies in it; its place in the feed is kept.</summary>
internal static class CloseQueue
{
    private static Task<IResult> Handle(
        Commands commands, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = caller.Partner!.Value;
        return commands.ChangeAsync<Partner>(
            id,
            (_, work, _) =>
            {
                FeedProgress.TurnOff(work, id, QueueWay.Way);
                return Task.FromResult(Decision.Of(new QueueClosed(time.GetUtcNow())));
            },
            cancellationToken);
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapDelete("/queue", Handle)
        .WithName("CloseQueue")
        .Allow(Access.OfPartner())
        .WithSummary("Gives the queue back, with what lies in it.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
