using System.Text.Json;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests;

/// <summary>What the privacy officer has to do, the most urgent first.</summary>
internal static class WorkList
{
    private static readonly Dictionary<string, RequestState> States = Enum.GetValues<RequestState>()
        .ToDictionary(state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()), StringComparer.Ordinal);

    private static async Task<IResult> Handle(
        string? state, int? limit, string? cursor, IQuerySession session, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        if (In(session.Query<RequestLine>(), state ?? "open") is not { } query)
            return Problems.From(RequestRefusals.UnknownState);
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
        return Results.Ok(new Page<RequestLineView>([.. items.Select(RequestLineView.Of)], next));
    }

    private static IQueryable<RequestLine>? In(IQueryable<RequestLine> lines, string state) => state switch
    {
        "open" => lines.Where(line => line.IsOpen),
        "overdue" => lines.Where(line => line.IsOpen && line.Overdue != null),
        _ when States.TryGetValue(state, out var one) => lines.Where(line => line.State == one),
        _ => null,
    };

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/requests", Handle)
        .WithName("ListWork")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("All requests in a state (open unless said otherwise), the most urgent first.")
        .Produces<Page<RequestLineView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
