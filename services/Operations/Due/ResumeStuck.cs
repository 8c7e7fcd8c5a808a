using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Due;

/// <param name="Service">Where.</param>
/// <param name="StreamId">What it is due for.</param>
/// <param name="Kind">What is due.</param>
/// <param name="Reason">A reference, such as <c>alert:deadlines-overdue</c>.</param>
/// <param name="Argument">Distinguishes several of a kind; left out, none does.</param>
internal sealed record ResumeStuckRequest(string Service, Guid StreamId, string Kind, string Reason, string Argument = "");

/// <summary>Has what is stuck tried at once.</summary>
internal static class ResumeStuck
{
    public static void Map(RouteGroupBuilder operations) => operations
        .MapPost("/stuck/resume", async (ResumeStuckRequest request, AskServices services, CancellationToken ct) =>
            (await ResumeAsync(services, request, ct))?.ToResult() ?? Problems.From(Refusals.NotFound("service")))
        .WithName("ResumeStuck")
        .WithSummary("Has what is stuck tried at once, instead of at its next turn. What was done is not done again.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <returns>Null if there is no such service.</returns>
    public static async Task<Outcome?> ResumeAsync(AskServices services, ResumeStuckRequest request, CancellationToken ct) =>
        services.All.Contains(request.Service, StringComparer.Ordinal)
            ? await services.PostAsync(
                request.Service,
                "/operations/deadlines/resume",
                new ResumeDeadlineRequest(request.StreamId, request.Kind, request.Reason, request.Argument),
                ct)
            : null;
}
