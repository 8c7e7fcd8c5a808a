using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record ChangeConsentRequest(bool Given, int PolicySet);

/// <summary>
/// Allows or forbids one purpose. Each change is kept with when, where and under which notice. A repeat is no change.
/// </summary>
internal static class ChangeConsent
{
    // Forbidding is as easy as it can be: an old notice does not stand in its way.
    internal static Decision Decide(Person? person, PolicySets sets, ConsentChanged change) =>
        !Purposes.All.Contains(change.Purpose, StringComparer.Ordinal) ? Purposes.Unknown
        : ErasureRefusals.WhyNot(person) is { } gone ? gone
        : sets.Check(change.PolicySet, change.ChangedAt) is { } refusal
            && (change.Given || refusal == PolicySets.Unknown) ? refusal
        : (person?.Allows(change.Purpose) ?? false) == change.Given ? Decision.Nothing
        : Decision.Of(change);

    private static async Task<IResult> Handle(
        Guid accountId,
        string purpose,
        ChangeConsentRequest request,
        Commands commands,
        Reader reader,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, cancellationToken) ?? PolicySets.None;
        return await commands.ChangeOrStartAsync<Person>(
            accountId,
            person => Decide(
                person,
                sets,
                new ConsentChanged(purpose, request.Given, Channels.Api, request.PolicySet, time.GetUtcNow())),
            cancellationToken);
    }

    public static void Map(RouteGroupBuilder people) => people.MapPut("/{accountId:guid}/consents/{purpose}", Handle)
        .WithName("ChangeConsent")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Allows or forbids the use of data for one purpose.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status423Locked);
}
