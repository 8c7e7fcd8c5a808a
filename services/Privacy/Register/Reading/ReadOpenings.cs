using EPerfect.PersonalData;
using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <param name="OpeningId">The opening.</param>
/// <param name="Index">Its place in the register.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Service">Which service opened the data.</param>
/// <param name="Actor">Who: an opaque id.</param>
/// <param name="Role">In which role, such as <c>technical</c> or <c>staff/support</c>.</param>
/// <param name="Groups">Which groups of data.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Ground">Because of what.</param>
/// <param name="Resource">What was read: the operation and the ids in its address.</param>
/// <param name="Erased">Who and why was erased with the person's logs.</param>
internal sealed record OpeningView(
    Guid OpeningId,
    long Index,
    DateTimeOffset OpenedAt,
    string Service,
    string? Actor,
    string? Role,
    IReadOnlyList<string>? Groups,
    string? Purpose,
    string? Ground,
    string? Resource,
    bool Erased);

/// <param name="Items">Openings.</param>
/// <param name="Next">Where the next page begins.</param>
/// <param name="Withheld">What of this page law forbids to tell; null if there is none.</param>
internal sealed record OpeningsPage(IReadOnlyList<OpeningView> Items, string? Next, WithheldView? Withheld);

/// <param name="Count">How many.</param>
/// <param name="Until">Until when the last of them is not told.</param>
internal sealed record WithheldView(int Count, DateTimeOffset Until);

/// <summary>A person reads who else saw the data, and why: the newest first. What law withholds is left out and
/// counted.</summary>
internal static class ReadOpenings
{
    internal static OpeningView Show(long index, Leaf leaf, Opened<OpeningDetails>? opened)
    {
        var known = (opened as Opened<OpeningDetails>.Clear)?.Value;
        return new OpeningView(
            leaf.OpeningId,
            index,
            leaf.OpenedAt,
            leaf.Service,
            known?.Actor,
            known?.Role,
            known?.Groups,
            known?.Purpose,
            known?.Ground,
            known?.Resource,
            Erased: opened is null or Opened<OpeningDetails>.Erased);
    }

    private static async Task<IResult> Handle(
        Guid accountId,
        int? limit,
        string? cursor,
        RegisterLog register,
        Openings openings,
        Withholdings withholdings,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        response.Headers.CacheControl = "no-store";
        var after = page.After ?? new Cursor(DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var entries = await register.EntriesAsync(
            """
            where l.account_id = $1 and (l.opened_at, l.opening_id) < ($2, $3)
            order by l.opened_at desc, l.opening_id desc limit $4
            """,
            [accountId, after.At, after.Id, page.Limit + 1],
            cancellationToken);
        var found = page.Of(
            [.. entries.Select(entry => (entry.Index, Leaf: Leaf.Read(entry.Leaf)))],
            entry => new Cursor(entry.Leaf.OpenedAt, entry.Leaf.OpeningId));
        var opening = await openings.BeginAsync(
            accountId, found.Items.Select(entry => entry.Leaf.SealedDetails), cancellationToken);
        var withheld = await withholdings.OfAsync(accountId, cancellationToken);
        var (views, untold) = (new List<OpeningView>(), new List<DateTimeOffset>());
        foreach (var (index, leaf) in found.Items)
        {
            var opened = leaf.SealedDetails is { } details ? await opening.OpenAsync(details, cancellationToken) : null;
            if (withheld.Until(opened) is { } until) untold.Add(until);
            else views.Add(Show(index, leaf, opened));
        }

        return Results.Ok(new OpeningsPage(
            views, found.Next, untold.Count == 0 ? null : new WithheldView(untold.Count, untold.Max())));
    }

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/openings", Handle)
        .WithName("ReadOpenings")
        .Allow(Access.Of(MemberRole.Owner))
        .Opens()
        .WithSummary("Who else saw the data, of which groups, what for and why; newest first.")
        .Produces<OpeningsPage>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
