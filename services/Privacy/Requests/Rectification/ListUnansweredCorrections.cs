using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <param name="CorrectionId">The correction.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="AnswerBy">Until when they have to answer.</param>
/// <param name="Recipients">Who has not answered.</param>
internal sealed record UnansweredCorrectionView(
    Guid CorrectionId, Guid AccountId, DateTimeOffset AnswerBy, IReadOnlyList<UnansweredRecipient> Recipients);

/// <summary>Of corrections as of erasures: whom the privacy officer writes to, whether or not a request asked for the
/// correction.</summary>
internal static class ListUnansweredCorrections
{
    private static async Task<IResult> Handle(
        int? limit, string? cursor, UnansweredCorrections corrections, Reader reader, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var found = await corrections.ReadAsync(page.After, page.Limit + 1, ct);
        var lines = page.Of(found, line => new Cursor(line.AnswerBy, line.CorrectionId));
        return Results.Ok(await lines.SelectAsync(async line => new UnansweredCorrectionView(
            line.CorrectionId,
            line.AccountId,
            line.AnswerBy,
            await UnansweredRecipient.OfAsync(line.Partners, reader, ct))));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/corrections/unanswered", Handle)
        .WithName("ListUnansweredCorrections")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Corrections that partners have not answered, the most urgent first, and to whom nothing is delivered.")
        .Produces<Page<UnansweredCorrectionView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
