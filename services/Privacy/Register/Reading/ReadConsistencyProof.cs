using EPerfect.Privacy.Register.Merkle;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <summary>Proves that the register of the second size holds all that of the first (RFC 9162, section 2.1.4).</summary>
internal sealed record ConsistencyProof(
    long First, long Second, string FirstRoot, string SecondRoot, IReadOnlyList<string> Path);

internal static class ReadConsistencyProof
{
    private static readonly Refusal Unknown = Refusals.Invalid(
        "register-size-unknown", "Sizes are counts of entries: `first` not above `second`, and that not above the register's.");

    private static async Task<IResult> Handle(
        long first, long second, RegisterLog register, CancellationToken cancellationToken)
    {
        if (first < 0 || first > second) return Problems.From(Unknown);
        if (second > (await register.TreeAsync(cancellationToken)).Size) return Problems.From(Unknown);
        var hashes = await register.HashesAsync(
            [new LeafRange(0, first), new LeafRange(0, second), .. MerkleProofs.Consistency(first, second)], cancellationToken);
        return Results.Ok(new ConsistencyProof(
            first, second, Hex.Of(hashes[0]), Hex.Of(hashes[1]), [.. hashes.Skip(2).Select(Hex.Of)]));
    }

    public static void Map(RouteGroupBuilder register) => register.MapGet("/proofs/consistency", Handle)
        .WithName("ReadConsistencyProof")
        .Allow(Access.Anyone)
        .WithSummary("Proves, by hashes, that the register only grew from one size to another.")
        .Produces<ConsistencyProof>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
