using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <summary>The proof that an opening is in the register: to everybody as hashes, to the person with the entry.</summary>
internal static class ReadInclusionProof
{
    private static Task<IResult> OfAnybody(Guid opening, RegisterLog register, CancellationToken cancellationToken) =>
        ProveAsync(opening, accountId: null, register, cancellationToken);

    private static Task<IResult> OfPerson(
        Guid accountId, Guid openingId, RegisterLog register, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return ProveAsync(openingId, accountId, register, cancellationToken);
    }

    private static async Task<IResult> ProveAsync(
        Guid openingId, Guid? accountId, RegisterLog register, CancellationToken cancellationToken)
    {
        var found = await register.EntriesAsync("where l.opening_id = $1", [openingId], cancellationToken);
        if (found is not [var entry] || (accountId is { } person && Leaf.Read(entry.Leaf).AccountId != person))
            return Problems.From(Refusals.NotFound("opening"));
        var newest = await register.NewestCheckpointAsync(cancellationToken);
        if (newest is null || newest.Size <= entry.Index) return Problems.From(InclusionProof.Pending);
        var proof = await InclusionProof.OfAsync(register, openingId, entry, newest, cancellationToken);
        return Results.Ok(accountId is null ? proof : proof with { Leaf = entry.Leaf });
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
        .WithSummary("Proves that an opening is in the register, with the entry: a file to keep.")
        .Produces<InclusionProof>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
