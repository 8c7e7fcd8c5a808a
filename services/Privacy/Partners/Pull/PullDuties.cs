using System.Text.Json.Nodes;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

/// <param name="Events">CloudEvents 1.0, structured, in order.</param>
/// <param name="Next">The last position that was looked at: the next <c>after</c>.</param>
/// <param name="More">Whether there may be more after it already.</param>
internal sealed record DutiesView(IReadOnlyList<JsonObject> Events, long Next, bool More);

/// <summary>What a partner owes to people of whom it was told: withdrawals, corrections, erasures, as the feed has them. Told
/// also while deliveries stand still and after the agreement is over, and from the first thing that it was ever given: what the
/// partner got it still has.</summary>
internal static class PullDuties
{
    /// <summary>What is asked for at once: most of the feed is no duty.</summary>
    private const int PageSize = 500;

    /// <summary>Who asks looks at so much of the feed, and asks again from there.</summary>
    private const int MostPages = 20;

    private static async Task<IResult> Handle(
        long? after,
        FeedReader feed,
        PartnerTellings tellings,
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
        if (partner!.Agreement is null) return Problems.From(AgreementRefusals.NothingAgreed);
        if (await feed.IsAheadAsync(after, cancellationToken)) return Problems.From(PullRefusals.Ahead);
        var next = after
            ?? await tellings.FirstGivenAsync(partner.Id, cancellationToken)
            ?? await feed.EndAsync(cancellationToken);
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await feed.ReadAsync(next, PageSize, cancellationToken);
            var answer = await gate.AskForDutiesAsync(partner.Id, PullFeed.Way, page.Entries, cancellationToken);
            next = page.Next;
            var owed = answer.Cleared.Select(one => events.Render(one).Structured()).ToList();
            var more = page.Entries.Count == PageSize;
            if (owed.Count > 0 || !more) return Results.Ok(new DutiesView(owed, next, more));
        }

        return Results.Ok(new DutiesView([], next, More: true));
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/duties", Handle)
        .WithName("PullDuties")
        .Allow(Access.OfPartner())
        .WithSummary("What the partner owes to people of whom it was told, after a position; also while deliveries stand still.")
        .Produces<DutiesView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
