using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <param name="Store">The service that found it.</param>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Ground">One of <see cref="AcceptanceGrounds"/>.</param>
/// <param name="Path">Where in the column's JSON.</param>
internal sealed record AcceptFoundPlaceRequest(
    string Store, string Table, string Column, string Ground, string? Path = null);

/// <summary>Why what is found may stay. Stable words: they stand on the certificate.</summary>
internal static class AcceptanceGrounds
{
    /// <summary>The text says something else there: a word, a product's name.</summary>
    public const string Coincidence = "coincidence";

    /// <summary>It is another person's as well: two who live at one address.</summary>
    public const string AnotherPersons = "another-persons";

    /// <summary>It is published by law or contract: the name of a registered domain.</summary>
    public const string PublicRecord = "public-record";

    public static readonly IReadOnlyList<string> All = [Coincidence, AnotherPersons, PublicRecord];
}

/// <summary>The privacy officer has looked at one place that stops an erasure, and says why what is there is not the person's
/// alone. The service goes on from there, this place alone excepted; the certificate names it.</summary>
internal static class AcceptFoundPlace
{
    private static readonly Refusal UnknownGround = new(
        422, "acceptance-ground-unknown", $"A place is accepted as {string.Join(", ", AcceptanceGrounds.All)}.", "/ground");

    private static readonly Refusal NotFound =
        new(422, "place-not-found", "Accepted is a place that stops this erasure now, as it is shown: with its path.");

    private static readonly Refusal IsSealed =
        new(409, "place-is-sealed", "What is sealed for the person is no coincidence, and can still be opened there.");

    private static readonly Refusal AcceptedOtherwise =
        new(409, "place-accepted", "It was accepted before, on another ground.");

    internal static Decision Decide(ErasureOfPerson erasure, AcceptFoundPlaceRequest said, DateTimeOffset now)
    {
        if (!AcceptanceGrounds.All.Contains(said.Ground, StringComparer.Ordinal)) return UnknownGround;
        var place = (said.Table, said.Column, said.Path);
        var found = erasure.Stopped.GetValueOrDefault(said.Store)?.Places
            .FirstOrDefault(one => (one.Table, one.Column, one.Path) == place);
        // Where more was found since, it is accepted anew.
        if (erasure.Accepted.FindLast(
            one => one.Store == said.Store && (one.Place.Table, one.Place.Column, one.Place.Path) == place) is { } before
            && !(found?.Rows > before.Place.Rows))
        {
            return before.Place.Ground == said.Ground ? Decision.Nothing : AcceptedOtherwise;
        }

        return found is null ? NotFound
            : found.Group is not null ? IsSealed
            : Decision.Of(new FoundPlaceAccepted(
                said.Store, new AcceptedPlace(said.Table, said.Column, said.Path, found.Rows, said.Ground), now));
    }

    private static Task<IResult> Handle(
        Guid erasureId, AcceptFoundPlaceRequest body, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<ErasureOfPerson>(
            erasureId,
            async (erasure, work, ct) =>
            {
                var now = time.GetUtcNow();
                var decided = Decide(erasure, body, now);
                // The others hear of it by message.
                foreach (var own in decided.Events.OfType<FoundPlaceAccepted>().Where(one => one.Store == "privacy"))
                    await work.AcceptPlaceAsync(OrderErasure.OwnPart(erasureId), own.Place, now, ct);
                return decided;
            },
            ct);

    public static void Map(RouteGroupBuilder privacy) => privacy
        .MapPost("/erasures/{erasureId:guid}/accepted-places", Handle)
        .WithName("AcceptFoundPlace")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Accepts one place that stops an erasure, with the ground why what is there is not the person's alone.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
