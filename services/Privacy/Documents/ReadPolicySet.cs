using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

internal sealed record PolicySetView(
    int PolicySet, DateTimeOffset EffectiveAt, IReadOnlyList<PolicySetMemberView> Documents);

internal sealed record PolicySetMemberView(string Document, int Version, string Sha256, string Href)
{
    public static PolicySetMemberView Of(SetMember member) => new(
        member.Document, member.Version, member.Sha256, ReadDocuments.Href(member.Document, member.Version));
}

/// <summary>What a customer has to accept now.</summary>
internal static class ReadPolicySet
{
    internal static PolicySetView Show(PolicySetPublished set) =>
        new(set.PolicySet, set.EffectiveAt, [.. set.Documents.Select(PolicySetMemberView.Of)]);

    private static async Task<IResult> Handle(Reader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, cancellationToken);
        return sets?.InForce(time.GetUtcNow()) is { } set
            ? Results.Ok(Show(set))
            : Problems.From(Refusals.NotFound("policy set"));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/policy-sets/current", Handle)
        .WithName("ReadPolicySetInForce")
        .Allow(Access.Anyone)
        .WithSummary("The set of documents that is in force now.")
        .Produces<PolicySetView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
