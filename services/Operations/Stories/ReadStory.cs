using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Stories;

/// <summary>The story of an order, an account or a domain.</summary>
internal static class ReadStory
{
    private const string Summary = "What happened, when, by whom and because of what, across all services";

    public static void Map(RouteGroupBuilder operations)
    {
        Describe(operations.MapGet("/orders/{id:guid}/story", (Guid id, TellStory tell, CancellationToken ct) =>
            AnswerAsync(tell.OfAsync("orders", id.ToString("D"), ct))).WithName("ReadOrderStory"));
        Describe(operations.MapGet("/accounts/{id:guid}/story", (Guid id, TellStory tell, CancellationToken ct) =>
            AnswerAsync(tell.OfAsync("accounts", id.ToString("D"), ct))).WithName("ReadAccountStory"));
        Describe(operations.MapGet("/domains/{name}/story", (string name, TellStory tell, CancellationToken ct) =>
            AnswerAsync(tell.OfAsync("domains", name, ct))).WithName("ReadDomainStory"));
    }

    private static async Task<IResult> AnswerAsync(Task<Told> telling) => await telling switch
    {
        { Story: { } story } => Results.Ok(story),
        { Missing: { } missing } => new MissingPart(missing),
        var none => Problems.From(Refusals.NotFound(none.Kind)),
    };

    private static void Describe(RouteHandlerBuilder route) => route
        .WithSummary(Summary)
        .Produces<Story>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
