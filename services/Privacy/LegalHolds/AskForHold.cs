using EPerfect.PersonalData;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

/// <param name="Reason">A reference, such as <c>case:2026-117</c>.</param>
/// <param name="Groups">Which of the person's data; all, if none is named.</param>
/// <param name="Until">When it ends by itself; never, if that is not said.</param>
internal sealed record AskForHoldRequest(
    string Reason, IReadOnlyList<string>? Groups = null, DateTimeOffset? Until = null);

/// <summary>A lawyer of ours asks that a person's data be kept from being erased.</summary>
internal static class AskForHold
{
    internal static Refusal? Check(AskForHoldRequest said, DateTimeOffset now) =>
        !LegalHold.IsReference(said.Reason) ? LegalHoldRefusals.ReasonMalformed
        : HoldGroups.Read(said.Groups) is null ? LegalHoldRefusals.UnknownGroup
        : said.Until <= now ? LegalHoldRefusals.EndInPast
        : null;

    private static Task<IResult> Handle(
        Guid accountId,
        AskForHoldRequest body,
        Commands commands,
        Caller caller,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return commands.CreateAsync<LegalHoldOfPerson>(
            id,
            accountId,
            async (work, ct) =>
            {
                if (caller.UserId is not { } lawyer) return LegalHoldRefusals.NotAPerson;
                if (Person.IsNobody(await work.Session.Events.FetchLatest<Person>(accountId, ct)) || OwnStreams.Owns(accountId))
                    return Refusals.NotFound("account");
                return Check(body, now) is { } refusal
                    ? refusal
                    : Decision.Of(new LegalHoldAsked(
                        id, accountId, HoldGroups.Read(body.Groups)!, body.Reason, body.Until?.ToUniversalTime(), lawyer, now));
            },
            cancellationToken: ct);
    }

    public static void Map(RouteGroupBuilder holds) => holds.MapPost("", Handle)
        .WithName("AskForHold")
        .Allow(Access.Of(StaffRole.Legal))
        .WithSummary("Asks that a person's data be kept from being erased, for a court or a claim.")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
