using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Who was told what of a person, what for and by which rule: the newest first. Ids and facts of the telling;
/// what was told is not kept here.</summary>
internal static class ReadDisclosures
{
    private static async Task<IResult> Handle(
        Guid accountId,
        int? limit,
        string? cursor,
        NpgsqlDataSource database,
        IDocumentStore store,
        CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var after = page.After ?? new Cursor(DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var found = await DisclosureLog.ReadAsync(
            database,
            store.Options.DatabaseSchemaName,
            "where account_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4",
            [accountId, after.At.ToUniversalTime(), after.Id, page.Limit + 1],
            cancellationToken);
        return Results.Ok(page.Of(found, line => new Cursor(line.At, line.Id)));
    }

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/disclosures", Handle)
        .WithName("ReadDisclosures")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Which partner was told what of the person, what for and by which rule; newest first.")
        .Produces<Page<Disclosure>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
