using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

/// <summary>What a customer has to accept now.</summary>
internal static class ReadPolicySet
{
    internal sealed record View(int PolicySet, DateTimeOffset EffectiveAt, IReadOnlyList<MemberView> Documents);

    internal sealed record MemberView(string Document, int Version, string Sha256, string Href);

    internal static View Show(PolicySetPublished set) => new(
        set.PolicySet,
        set.EffectiveAt,
        [.. set.Documents.Select(member => new MemberView(
            member.Document, member.Version, member.Sha256, ReadDocuments.Href(member.Document, member.Version)))]);

    private static async Task<IResult> Handle(Reader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, cancellationToken);
        return sets?.InForce(time.GetUtcNow()) is { } set
            ? Results.Ok(Show(set))
            : Problems.From(Refusals.NotFound("policy set"));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/policy-sets/current", Handle)
        .WithName("ReadPolicySetInForce")
        .WithSummary("The set of documents that is in force now.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
