using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record AcknowledgeRequest(int PolicySet);

/// <summary>A person accepts the set of documents in force.</summary>
internal static class Acknowledge
{
    internal static Decision Decide(
        Person? person, PolicySets sets, int policySet, string channel, DateTimeOffset now) =>
        ErasureRefusals.WhyNot(person) is { } gone ? gone
        : sets.Check(policySet, now) is { } refusal ? refusal
        : person?.HasAcknowledged(policySet) == true ? Decision.Nothing
        : Decision.Of(new PolicySetAcknowledged(policySet, sets.Find(policySet)!.Documents, channel, now));

    private static async Task<IResult> Handle(
        Guid accountId,
        AcknowledgeRequest request,
        Commands commands,
        Reader reader,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, cancellationToken) ?? PolicySets.None;
        return await commands.ChangeOrStartAsync<Person>(
            accountId,
            person => Decide(person, sets, request.PolicySet, Channels.Api, time.GetUtcNow()),
            cancellationToken);
    }

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{accountId:guid}/acknowledgements", Handle)
        .WithName("AcknowledgePolicySet")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Accepts the set of documents in force.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status423Locked);
}
