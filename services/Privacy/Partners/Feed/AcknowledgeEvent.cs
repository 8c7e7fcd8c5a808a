using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <param name="EventId">The id of the CloudEvent.</param>
internal sealed record AcknowledgeEventRequest(Guid EventId);

/// <summary>A partner says that it has acted on what it was told by duty. The person reads of it, and an erasure waits for it;
/// both are written together. A repeat changes nothing.</summary>
internal static class AcknowledgeEvent
{
    private static readonly Refusal Unknown = Refusals.NotFound("event");

    private static async Task<IResult> Handle(
        AcknowledgeEventRequest request,
        NpgsqlDataSource database,
        IDocumentStore store,
        Caller caller,
        Writer writer,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (schema, partner) = (store.Options.DatabaseSchemaName, caller.Partner!.Value);
        if (await DisclosureLog.FindOwedAsync(database, schema, partner, request.EventId, cancellationToken) is not { } owed)
            return Problems.From(Unknown);
        await writer.WriteAsync(
            owed.AccountId,
            caller,
            async (work, token) =>
            {
                var now = time.GetUtcNow();
                DisclosureLog.Acknowledge(work, schema, partner, request.EventId, now);
                if (owed.Type == CustomerErasedData.EventType)
                    await TakeAnswer.ByApiAsync(work, owed.AccountId, partner, now, token);
                return Decision.Nothing;
            },
            cancellationToken);
        return Results.NoContent();
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapPost("/acknowledgements", Handle)
        .WithName("AcknowledgeEvent")
        .Allow(Access.OfPartner())
        .WithSummary("Says that an event that was told by duty (a correction, an erasure) was acted on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
