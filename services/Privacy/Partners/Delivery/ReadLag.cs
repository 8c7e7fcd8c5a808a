using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

/// <param name="End">The last position of the feed.</param>
/// <param name="Ways">Each way by which the feed is brought to the partner.</param>
/// <param name="Stopped">Since when, where and why nothing is brought by any way; null while deliveries go on.</param>
internal sealed record LagView(long End, IReadOnlyList<WayLag> Ways, StopView? Stopped);

/// <param name="Way">The way.</param>
/// <param name="IsOn">Whether anything is sent this way.</param>
/// <param name="Position">Everything up to here was sent, or was not for the partner.</param>
/// <param name="Waiting">How many entries come after it; counted up to a thousand. Not all of them may be for the
/// partner: that is decided when they are sent.</param>
/// <param name="OldestWaitingSince">Since when the first of them has been waiting.</param>
/// <param name="Failures">How often in a row what comes next could not be sent.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
internal sealed record WayLag(
    string Way,
    bool IsOn,
    long Position,
    long Waiting,
    DateTimeOffset? OldestWaitingSince,
    int Failures,
    DateTimeOffset? NextAttemptAt);

/// <summary>How far behind deliveries to the partner are.</summary>
internal static class ReadLag
{
    private static async Task<IResult> Handle(
        Caller caller,
        Reader reader,
        FeedReader feed,
        FeedProgressStore progress,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var partner = await reader.LatestAsync<Partner>(caller.Partner!.Value, cancellationToken);
        if (caller.WhyNot(partner) is { } foreign) return Problems.From(foreign);
        var end = await feed.EndAsync(cancellationToken);
        var ways = new List<WayLag>();
        foreach (var at in await progress.OfAsync(partner!.Id, cancellationToken))
        {
            var (waiting, oldest) = await feed.WaitingAsync(at.Position, end, cancellationToken);
            ways.Add(new(at.Way, at.IsOn, at.Position, waiting, oldest, at.Failures, at.NextAttemptAt));
        }

        return Results.Ok(new LagView(end, ways, StopView.Of(partner)));
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/lag", Handle)
        .WithName("ReadLag")
        .Allow(Access.OfPartner())
        .WithSummary("How far behind deliveries to the partner are, by each way.")
        .Produces<LagView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
