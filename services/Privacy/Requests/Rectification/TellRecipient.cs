using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <param name="RectificationId">Of which correction.</param>
/// <param name="PartnerId">Whom.</param>
/// <param name="How">One of <see cref="Tellings"/>.</param>
internal sealed record TellRecipientRequest(Guid RectificationId, Guid PartnerId, string How);

/// <summary>The privacy officer has told a partner by hand: one that is suspended, whose agreement is over, that does not come
/// for its feed, or that answers by letter. It owes no other answer then.</summary>
internal static class TellRecipient
{
    internal static Decision Decide(
        Rectifications? known, IReadOnlyList<RectificationView> views, TellRecipientRequest said, DateTimeOffset now)
    {
        if (!Tellings.All.Contains(said.How, StringComparer.Ordinal)) return RectificationRefusals.UnknownTelling;
        if (views.FirstOrDefault(one => one.Id == said.RectificationId) is not { } rectified)
            return RectificationRefusals.UnknownRectification;
        if (rectified.Recipients.FirstOrDefault(one => one.PartnerId == said.PartnerId) is not { } recipient)
            return RectificationRefusals.UnknownRecipient;
        return recipient.State == TellingState.Acknowledged || known?.FindTold(said.RectificationId, said.PartnerId) is not null
            ? Decision.Nothing
            : Decision.Of(new RecipientTold(said.RectificationId, said.PartnerId, said.How, now));
    }

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        TellRecipientRequest body,
        Commands commands,
        PartnerTellings tellings,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) =>
            {
                if (request.Of(accountId) is { } foreign) return foreign;
                var told = await tellings.OfCorrectionsAsync(accountId, ct);
                var decided = await work.ChangeAsync<Rectifications>(
                    Rectifications.StreamOf(accountId),
                    known => Decide(known, RectificationView.Of(request, known, told), body, time.GetUtcNow()),
                    ct);
                return decided.Refusal is { } refusal ? refusal : Decision.Nothing;
            },
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/tellings", Handle)
        .WithName("TellRecipient")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that a partner was told of a correction by hand, or why it cannot be.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
