using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Withholding;

/// <param name="OpeningGround">Which openings, such as <c>case:4711</c>.</param>
/// <param name="Ground">One of <see cref="WithholdingGrounds"/>.</param>
/// <param name="Reference">Of the court or the authority.</param>
/// <param name="Statement">written or oral.</param>
/// <param name="Until">When it ends.</param>
internal sealed record OrderWithholdingRequest(
    string OpeningGround, string Ground, string Reference, string Statement, DateTimeOffset Until);

/// <summary>A lawyer of ours takes down that law forbids to tell a person of openings. It holds with a second
/// one's approval.</summary>
internal static partial class OrderWithholding
{
    internal static Refusal? Check(OrderWithholdingRequest said, DateTimeOffset now) =>
        !CaseForm.IsMatch(said.OpeningGround) ? WithholdingRefusals.OpeningGroundMalformed
        : !WithholdingGrounds.All.Contains(said.Ground, StringComparer.Ordinal) ? WithholdingRefusals.UnknownGround
        : !LegalHold.IsReference(said.Reference) ? WithholdingRefusals.ReferenceMalformed
        : said.Statement is not (Statements.Written or Statements.Oral) ? WithholdingRefusals.UnknownStatement
        : said.Until <= now ? WithholdingRefusals.EndInPast
        : said.Statement == Statements.Oral && said.Until > now + Statements.LongestOral ? WithholdingRefusals.OralTooLong
        : null;

    private static Task<IResult> Handle(
        Guid accountId,
        OrderWithholdingRequest body,
        Commands commands,
        Caller caller,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        return commands.CreateAsync<WithheldOpenings>(
            id,
            accountId,
            async (work, ct) =>
            {
                if (caller.UserId is not { } lawyer) return WithholdingRefusals.NotAPerson;
                if (Person.IsNobody(await work.Session.Events.FetchLatest<Person>(accountId, ct)) || OwnStreams.Owns(accountId))
                    return Refusals.NotFound("account");
                return Check(body, now) is { } refusal
                    ? refusal
                    : Decision.Of(new WithholdingOrdered(
                        id, accountId, body.OpeningGround, body.Ground, body.Reference, body.Statement,
                        body.Until.ToUniversalTime(), lawyer, now));
            },
            cancellationToken: ct);
    }

    public static void Map(RouteGroupBuilder withholdings) => withholdings.MapPost("", Handle)
        .WithName("OrderWithholding")
        .Allow(Access.Of(StaffRole.Legal))
        .WithSummary("Takes down that law forbids to tell a person of openings, until when and by what.")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    [GeneratedRegex(@"\Acase:([A-Z]{1,5}-)?[0-9]{1,9}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CaseForm { get; }
}
