using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <param name="PartnerId">Whom.</param>
/// <param name="How">One of <see cref="Tellings"/>.</param>
internal sealed record TellOfCorrectionRequest(Guid PartnerId, string How);

/// <summary>Like <see cref="TellRecipient"/>, of a correction that belongs to no request: an owner changed the own
/// profile.</summary>
internal static class TellOfCorrection
{
    private static readonly Refusal Unknown = Refusals.NotFound("correction");

    private static Task<IResult> Handle(
        Guid accountId,
        Guid correctionId,
        TellOfCorrectionRequest body,
        Commands commands,
        PartnerTellings tellings,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeOrStartAsync<Rectifications>(
            Rectifications.StreamOf(accountId),
            async (known, _, ct) => known?.Find(correctionId) is null
                ? Unknown
                : TellRecipient.Decide(
                    known,
                    RectificationView.Of(known, await tellings.OfCorrectionsAsync(accountId, ct)),
                    new(correctionId, body.PartnerId, body.How),
                    time.GetUtcNow()),
            ct);

    public static void Map(RouteGroupBuilder corrections) => corrections.MapPost("/{correctionId:guid}/tellings", Handle)
        .WithName("TellOfCorrection")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that a partner was told of a correction by hand, or why it cannot be, without a request.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
