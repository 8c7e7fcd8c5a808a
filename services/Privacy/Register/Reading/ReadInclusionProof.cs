using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <summary>The proof that an opening is in the register: to everybody as hashes, to the person with the entry.</summary>
internal static class ReadInclusionProof
{
    private static readonly Refusal Unknown = Refusals.NotFound("opening");

    private static async Task<IResult> OfAnybody(
        Guid opening, RegisterLog register, CancellationToken cancellationToken) =>
        await FindAsync(opening, register, cancellationToken) is { } entry
            ? await ProveAsync(opening, entry, isOfPerson: false, register, cancellationToken)
            : Problems.From(Unknown);

    private static async Task<IResult> OfPerson(
        Guid accountId,
        Guid openingId,
        RegisterLog register,
        Openings openings,
        Withholdings withholdings,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (await FindAsync(openingId, register, cancellationToken) is not { } entry
            || Leaf.Read(entry.Leaf) is not { } leaf || leaf.AccountId != accountId)
        {
            return Problems.From(Unknown);
        }

        var withheld = await withholdings.OfAsync(accountId, cancellationToken);
        if (leaf.SealedDetails is { } details && withheld.InForce.Count > 0
            && withheld.Until(await openings.OpenAsync(accountId, details, cancellationToken)) is { } until)
        {
            return Problems.From(WithholdingRefusals.Withheld(until));
        }

        return await ProveAsync(openingId, entry, isOfPerson: true, register, cancellationToken);
    }

    private static async Task<Entry?> FindAsync(
        Guid openingId, RegisterLog register, CancellationToken cancellationToken) =>
        await register.EntriesAsync("where l.opening_id = $1", [openingId], cancellationToken) is [var entry] ? entry : null;

    private static async Task<IResult> ProveAsync(
        Guid openingId, Entry entry, bool isOfPerson, RegisterLog register, CancellationToken cancellationToken)
    {
        var newest = await register.NewestCheckpointAsync(cancellationToken);
        if (newest is null || newest.Size <= entry.Index) return Problems.From(InclusionProof.Pending);
        var proof = await InclusionProof.OfAsync(register, openingId, entry, newest, cancellationToken);
        return Results.Ok(isOfPerson ? proof with { Leaf = entry.Leaf } : proof);
    }

    public static void Map(RouteGroupBuilder register) => register.MapGet("/proofs/inclusion", OfAnybody)
        .WithName("ReadInclusionProof")
        .Allow(Access.Anyone)
        .WithSummary("Proves, by hashes, that an opening is in the register.")
        .Produces<InclusionProof>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapOfPerson(RouteGroupBuilder people) => people
        .MapGet("/{accountId:guid}/openings/{openingId:guid}/proof", OfPerson)
        .WithName("ReadOwnInclusionProof")
        .Allow(Access.Of(MemberRole.Owner))
        .Opens()
        .WithSummary("Proves that an opening is in the register, with the entry: a file to keep.")
        .Produces<InclusionProof>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status451UnavailableForLegalReasons);
}
