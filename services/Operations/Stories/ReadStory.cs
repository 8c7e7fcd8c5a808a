using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Stories;

/// <summary>The story of an order, an account or a domain.</summary>
internal static class ReadStory
{
    private const string Summary = "What happened, when, by whom and because of what, across all services";

    public static void Map(RouteGroupBuilder operations)
    {
        Describe(operations.MapGet("/orders/{id:guid}/story", (Guid id, GatherStory gather, CancellationToken ct) =>
            HandleAsync("order", "orders", id, gather, ct)).WithName("ReadOrderStory"));
        Describe(operations.MapGet("/accounts/{id:guid}/story", (Guid id, GatherStory gather, CancellationToken ct) =>
            HandleAsync("account", "accounts", id, gather, ct)).WithName("ReadAccountStory"));
        Describe(operations.MapGet("/domains/{name}/story", OfDomainAsync).WithName("ReadDomainStory"));
    }

    /// <summary>By its name, or by the id of its stream.</summary>
    private static async Task<IResult> OfDomainAsync(
        string name, AskServices services, GatherStory gather, CancellationToken ct)
    {
        if (Guid.TryParse(name, out var id)) return await HandleAsync("domain", "domains", id, gather, ct);
        var found = await services.GetAsync<NamedStream>(
            "domains", $"/operations/streams/{Uri.EscapeDataString(name)}", ct);
        return found switch
        {
            { Answer: { } stream } => await HandleAsync("domain", "domains", stream.Id, gather, ct),
            { Status: 404 } => Problems.From(Refusals.NotFound("domain")),
            _ => new MissingPart(NotAnswered.By(found)),
        };
    }

    private static async Task<IResult> HandleAsync(
        string kind, string service, Guid id, GatherStory gather, CancellationToken ct)
    {
        var gathered = await gather.OfAsync(id, ct);
        if (!gathered.Threads.Entries.Any(entry => entry.Service == service && entry.StreamId == id && entry.Stream == kind))
        {
            // Without its owner nobody knows whether there is one.
            var owner = gathered.NotAnswered.FirstOrDefault(one => one.Service == service);
            return owner is null ? Problems.From(Refusals.NotFound(kind)) : new MissingPart(owner);
        }

        return Results.Ok(new Story(
            kind,
            id,
            Complete: gathered.NotAnswered.Count == 0 && !gathered.CutOff,
            gathered.NotAnswered,
            CausalOrder.Of(gathered.Threads.Entries)));
    }

    private static void Describe(RouteHandlerBuilder route) => route
        .WithSummary(Summary)
        .Produces<Story>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
