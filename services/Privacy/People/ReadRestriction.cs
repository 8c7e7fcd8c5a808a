using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <param name="Restricted">Whether data is kept and used for nothing but what GDPR Art. 18(2) excepts.</param>
/// <param name="Since">From when on that is so.</param>
/// <param name="Ending">Its end, if that was announced.</param>
/// <param name="Services">Which services hold to it already.</param>
internal sealed record RestrictionView(
    bool Restricted, DateTimeOffset? Since, EndingView? Ending, IReadOnlyList<RestrictedServiceView> Services);

internal sealed record EndingView(string Ground, DateTimeOffset LiftAt, DateTimeOffset AnnouncedAt);

internal sealed record RestrictedServiceView(string Service, DateTimeOffset? Since);

/// <summary>Whether processing is restricted, in which services, and until when if that is known.</summary>
internal static class ReadRestriction
{
    internal static RestrictionView Show(Person person)
    {
        var state = person.Restriction;
        return new RestrictionView(
            person.IsRestricted,
            person.IsRestricted ? state!.OrderedAt : null,
            state?.Ending is { } ending ? new EndingView(ending.Ground, ending.LiftAt, ending.AnnouncedAt) : null,
            state is null
                ? []
                :
                [
                    .. ErasureOfPerson.Stores.Select(store => new RestrictedServiceView(
                        store, state.Confirmed.TryGetValue(store, out var at) ? at : null)),
                ]);
    }

    private static Task<IResult> Handle(Guid accountId, Reader reader, CancellationToken ct) =>
        reader.OneAsync<Person>(accountId, Show, ct);

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/restriction", Handle)
        .WithName("ReadRestriction")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Legal | StaffRole.Support))
        .WithSummary("Whether processing is restricted, where that holds, and when it ends.")
        .Produces<RestrictionView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
