using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>Which documents a person accepted, by their hashes, when and where.</summary>
internal static class ReadAcknowledgements
{
    internal sealed record View(
        Guid AccountId, IReadOnlyList<Accepted> Accepted, int? Pending, IReadOnlyList<Refused> Refused);

    internal sealed record Accepted(
        int PolicySet, DateTimeOffset At, string Channel, IReadOnlyList<SetMember> Documents);

    internal sealed record Refused(int PolicySet, DateTimeOffset At, string Reason);

    internal static View Show(Guid accountId, Person person) => new(
        accountId,
        person.Acknowledged.ConvertAll(e => new Accepted(e.PolicySet, e.AcknowledgedAt, e.Channel, e.Documents)),
        person.Postponed?.PolicySet,
        person.Refused.ConvertAll(e => new Refused(e.PolicySet, e.RefusedAt, e.Reason)));

    private static Task<IResult> Handle(Guid accountId, Reader reader, CancellationToken cancellationToken) =>
        reader.OneAsync<Person>(accountId, person => Show(accountId, person), cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/acknowledgements", Handle)
        .WithName("ReadAcknowledgements")
        .WithSummary("Which sets of documents the person accepted.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
