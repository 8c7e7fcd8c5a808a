using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <param name="Purpose">One that the objection names.</param>
/// <param name="Granted">Whether the person's interest prevails.</param>
/// <param name="Ground">One of <see cref="ObjectionGrounds"/>.</param>
internal sealed record WeighObjectionRequest(string Purpose, bool Granted, string Ground);

/// <summary>The privacy officer weighs the person's interest against ours, for one purpose. Until then the objection holds, and
/// as long as another of the person's stands.
/// When all are weighed the request is done; refused, if our interest prevailed everywhere.</summary>
internal static class WeighObjection
{
    internal static Decision Decide(Request request, WeighObjectionRequest said, DateTimeOffset now)
    {
        var grounds = said.Granted ? ObjectionGrounds.ForThePerson : ObjectionGrounds.ForUs;
        if (!grounds.Contains(said.Ground, StringComparer.Ordinal)) return RequestRefusals.UnknownObjectionGround;
        if (request.Weighed.Find(one => one.Purpose == said.Purpose) is { } before)
        {
            return (before.Granted, before.Ground) == (said.Granted, said.Ground)
                ? Decision.Nothing
                : RequestRefusals.Weighed;
        }

        if (request.IsOver) return RequestRefusals.Over;
        if (request is not { Kind: RequestKind.Objection, StartedAt: not null } || !request.Purposes.Contains(said.Purpose))
            return RequestRefusals.NotWeighable;
        var weighed = new ObjectionWeighed(said.Purpose, said.Granted, said.Ground, now);
        var all = request.Weighed.Add(weighed);
        return all.Count < request.Purposes.Count ? Decision.Of(weighed)
            : all.Exists(one => one.Granted) ? Decision.Of(weighed, new RequestDone(now))
            : Decision.Of(weighed, new RequestRefused(said.Ground, now));
    }

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        WeighObjectionRequest body,
        Commands commands,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) =>
            {
                if (request.Of(accountId) is { } foreign) return foreign;
                var now = time.GetUtcNow();
                var decided = Decide(request, body, now);
                if (!body.Granted && decided.Events.Count > 0
                    && !await Objections.StandsElsewhereAsync(work, request, body.Purpose, ct))
                {
                    await work.ChangeAsync<Person>(
                        accountId, person => Objecting.Overrule(person, body.Purpose, body.Ground, now), ct);
                }

                return decided;
            },
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/weighing", Handle)
        .WithName("WeighObjection")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Decides for one purpose whether an objection goes on holding, with the ground.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
