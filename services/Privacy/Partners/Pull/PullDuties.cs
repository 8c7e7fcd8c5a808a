using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

/// <summary>What a partner owes to people of whom it was told: withdrawals, corrections, erasures, as the feed has them. Told
/// also while deliveries stand still and after the agreement is over, for what the partner got it still has.</summary>
internal static class PullDuties
{
    /// <summary>What is asked for at once: most of the feed is no duty.</summary>
    private const int PageSize = 500;

    /// <summary>Who asks looks at so much of the feed, and asks again from there.</summary>
    private const int MostPages = 20;

    private static async Task<IResult> Handle(
        long? after,
        FeedReader feed,
        FeedGate gate,
        CloudEvents events,
        Caller caller,
        Reader reader,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var partner = await reader.LatestAsync<Partner>(caller.Partner!.Value, cancellationToken);
        if (caller.WhyNot(partner) is { } foreign) return Problems.From(foreign);
        if (partner!.Agreement is not { } agreement) return Problems.From(AgreementRefusals.NothingAgreed);
        var at = await PullPosition.OfAsync(feed, after, agreement.Since, cancellationToken);
        if (at.Refusal is { } refusal) return Problems.From(refusal);
        var next = at.From;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await feed.ReadAsync(next, PageSize, cancellationToken);
            var answer = await gate.AskForDutiesAsync(partner.Id, PullFeed.Way, page.Entries, cancellationToken);
            next = page.Next;
            if (answer.Cleared.Count > 0)
                return Results.Ok(new FeedView([.. answer.Cleared.Select(one => events.Render(one).Structured())], next));
            if (page.Entries.Count < PageSize) break;
        }

        return Results.Ok(new FeedView([], next));
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/duties", Handle)
        .WithName("PullDuties")
        .Allow(Access.OfPartner())
        .WithSummary("What the partner owes to people of whom it was told, after a position; also while deliveries stand still.")
        .Produces<FeedView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
