using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <param name="EventId">The id of the CloudEvent.</param>
internal sealed record AcknowledgeEventRequest(Guid EventId);

/// <summary>A partner says that it has acted on what it was told by duty. The person reads of it. A repeat changes
/// nothing.</summary>
internal static class AcknowledgeEvent
{
    private static readonly Refusal Unknown = Refusals.NotFound("event");

    private static async Task<IResult> Handle(
        AcknowledgeEventRequest request,
        NpgsqlDataSource database,
        IDocumentStore store,
        Caller caller,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        await DisclosureLog.AcknowledgeAsync(
            database,
            store.Options.DatabaseSchemaName,
            caller.Partner!.Value,
            request.EventId,
            time.GetUtcNow(),
            cancellationToken)
            ? Results.NoContent()
            : Problems.From(Unknown);

    public static void Map(RouteGroupBuilder partners) => partners.MapPost("/acknowledgements", Handle)
        .WithName("AcknowledgeEvent")
        .Allow(Access.OfPartner())
        .WithSummary("Says that an event that was told by duty (a correction, an erasure) was acted on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
