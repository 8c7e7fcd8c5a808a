using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy.Reviews;

internal sealed record RecordReviewRequest(DateOnly ReviewedOn);

/// <summary>The privacy officer has looked at a control, a measure or an entry of the record, and it still holds.</summary>
internal static class RecordReview
{
    private static readonly Refusal NotYet =
        new(422, "review-not-yet", "A review is over before it is recorded.", "/reviewedOn");

    private static readonly Refusal Older =
        new(409, "review-superseded", "A later review of the same is on record.");

    internal static Decision Decide(ReviewLog? log, string subject, DateOnly reviewedOn, DateOnly today) =>
        log?.Of(subject) is not { } known ? Decision.FromRefusal(Refusals.NotFound("review"))
        : reviewedOn > today ? NotYet
        : known.ReviewedOn > reviewedOn ? Older
        : known.ReviewedOn == reviewedOn ? Decision.Nothing
        : Decision.Of(new ControlReviewed(subject, reviewedOn, ReviewLog.Next(reviewedOn)));

    private static Task<IResult> Handle(
        string subject,
        RecordReviewRequest request,
        Commands commands,
        TimeProvider time,
        CancellationToken cancellationToken) => commands.ChangeOrStartAsync<ReviewLog>(
            ReviewLog.StreamId,
            log => Decide(log, subject, request.ReviewedOn, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            cancellationToken);

    public static void Map(RouteGroupBuilder policy) => policy.MapPut("/reviews/{subject}", Handle)
        .WithName("RecordReview")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that a control, a measure or an entry of the record of processing was reviewed.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
