using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <param name="PartnerId">Who answered.</param>
/// <param name="How">One of <see cref="RecipientAnswers.ByHand"/>.</param>
internal sealed record RecordAnswerRequest(Guid PartnerId, string How);

/// <summary>A partner that takes no feed any more has told the privacy officer that it deleted what it was given.</summary>
internal static class RecordAnswer
{
    private static readonly Refusal UnknownAnswer = new(
        422, "erasure-answer-unknown", $"A partner answers {string.Join(" or ", RecipientAnswers.ByHand)}.", "/how");

    private static readonly Refusal UnknownRecipient = new(
        422,
        "erasure-recipient-unknown",
        "The partner was given nothing of the person, or it is not known yet who was.",
        "/partnerId");

    internal static Decision Decide(ErasureOfPerson erasure, RecordAnswerRequest said, DateTimeOffset now) =>
        !RecipientAnswers.ByHand.Contains(said.How, StringComparer.Ordinal) ? UnknownAnswer
        : !erasure.IsRecipient(said.PartnerId) ? UnknownRecipient
        : TakeAnswer.Decide(erasure, said.PartnerId, said.How, now);

    private static Task<IResult> Handle(
        Guid erasureId, RecordAnswerRequest request, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<ErasureOfPerson>(erasureId, erasure => Decide(erasure, request, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder privacy) => privacy.MapPost("/erasures/{erasureId:guid}/answers", Handle)
        .WithName("RecordErasureAnswer")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that a partner said by hand that it has deleted what it was given of an erased person.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
