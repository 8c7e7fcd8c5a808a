using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record AnnounceLiftingRequest(string Ground);

/// <summary>The privacy officer ends a restriction: the person is told at once, and it is lifted a week later.</summary>
internal static class AnnounceLifting
{
    private static Task<IResult> Handle(
        Guid accountId, AnnounceLiftingRequest body, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Person>(
            accountId, person => Restricting.Announce(person, body.Ground, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{accountId:guid}/restriction/ending", Handle)
        .WithName("AnnounceLifting")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Ends a restriction of processing after the person was told: in seven days.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
