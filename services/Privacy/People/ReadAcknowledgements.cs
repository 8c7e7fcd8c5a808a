using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record AcknowledgementsView(
    Guid AccountId, IReadOnlyList<AcceptedView> Accepted, int? Pending, IReadOnlyList<RefusedView> Refused);

internal sealed record AcceptedView(
    int PolicySet, DateTimeOffset At, string Channel, IReadOnlyList<PolicySetMemberView> Documents);

internal sealed record RefusedView(int PolicySet, DateTimeOffset At, string Reason);

/// <summary>Which documents a person accepted, by their hashes, when and where.</summary>
internal static class ReadAcknowledgements
{
    internal static AcknowledgementsView Show(Guid accountId, Person person) => new(
        accountId,
        person.Acknowledged.ConvertAll(e => new AcceptedView(
            e.PolicySet, e.AcknowledgedAt, e.Channel, [.. e.Documents.Select(PolicySetMemberView.Of)])),
        person.Postponed?.PolicySet,
        person.Refused.ConvertAll(e => new RefusedView(e.PolicySet, e.RefusedAt, e.Reason)));

    private static Task<IResult> Handle(Guid accountId, Reader reader, CancellationToken cancellationToken) =>
        reader.OneAsync<Person>(accountId, person => Show(accountId, person), cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/acknowledgements", Handle)
        .WithName("ReadAcknowledgements")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Which sets of documents the person accepted.")
        .Produces<AcknowledgementsView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
