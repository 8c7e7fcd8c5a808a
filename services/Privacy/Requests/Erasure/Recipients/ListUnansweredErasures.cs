using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <param name="ErasureId">The erasure.</param>
/// <param name="AnswerBy">Until when they have to answer.</param>
/// <param name="Recipients">Who has not answered.</param>
internal sealed record UnansweredErasureView(
    Guid ErasureId, DateTimeOffset AnswerBy, IReadOnlyList<UnansweredRecipient> Recipients);

/// <summary>Whom the privacy officer writes to: nobody brings an erasure to a partner that is suspended or whose agreement is
/// over, and a silent one may have lost it. The most urgent first.</summary>
internal static class ListUnansweredErasures
{
    private static async Task<IResult> Handle(
        int? limit, string? cursor, IQuerySession session, Reader reader, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var query = session.Query<UnansweredErasure>().Where(line => line.IsOpen);
        if (page.After is { } after)
        {
            query = query.Where(line => line.AnswerBy > after.At
                || (line.AnswerBy == after.At && line.Id.CompareTo(after.Id) > 0));
        }

        var found = await query
            .OrderBy(line => line.AnswerBy)
            .ThenBy(line => line.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var lines = page.Of(found, line => new Cursor(line.AnswerBy, line.Id));
        return Results.Ok(await lines.SelectAsync(async line => new UnansweredErasureView(
            line.Id,
            line.AnswerBy,
            await UnansweredRecipient.OfAsync(line.Recipients.Select(one => one.PartnerId), reader, ct))));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/erasures/unanswered", Handle)
        .WithName("ListUnansweredErasures")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Erasures that partners have not answered, the most urgent first, and to whom nothing is delivered.")
        .Produces<Page<UnansweredErasureView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
