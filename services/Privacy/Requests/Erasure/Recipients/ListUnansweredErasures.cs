using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <param name="ErasureId">The erasure.</param>
/// <param name="AnswerBy">Until when they have to answer.</param>
/// <param name="Recipients">Who has not answered.</param>
internal sealed record UnansweredErasureView(
    Guid ErasureId, DateTimeOffset AnswerBy, IReadOnlyList<UnansweredRecipient> Recipients);

/// <param name="PartnerId">A partner that was given something of the person.</param>
/// <param name="Company">Its name.</param>
/// <param name="StoppedSince">Since when nothing is delivered to it: it may not know. Null while deliveries go on.</param>
internal sealed record UnansweredRecipient(Guid PartnerId, string Company, DateTimeOffset? StoppedSince);

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
        var (items, next) = page.Of(found, line => new Cursor(line.AnswerBy, line.Id));
        var views = new List<UnansweredErasureView>();
        foreach (var line in items) views.Add(await ViewOfAsync(line, reader, ct));
        return Results.Ok(new Page<UnansweredErasureView>(views, next));
    }

    private static async Task<UnansweredErasureView> ViewOfAsync(UnansweredErasure line, Reader reader, CancellationToken ct)
    {
        var recipients = new List<UnansweredRecipient>();
        foreach (var one in line.Recipients)
        {
            var partner = await reader.LatestAsync<Partner>(one.PartnerId, ct);
            recipients.Add(new(one.PartnerId, one.Company, partner?.StoppedSince));
        }

        return new(line.Id, line.AnswerBy, recipients);
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/erasures/unanswered", Handle)
        .WithName("ListUnansweredErasures")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Erasures that partners have not answered, the most urgent first, and to whom nothing is delivered.")
        .Produces<Page<UnansweredErasureView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
