using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What happened here, by streams, correlations and ids.</summary>
/// <param name="Events">In the order in which they were stored.</param>
/// <param name="More">There are more than were told.</param>
public sealed record StoredEvents(IReadOnlyList<StoredEvent> Events, bool More);

/// <summary>A stream.</summary>
/// <param name="Id">Its id.</param>
public sealed record NamedStream(Guid Id);

/// <summary>A service's part of a story: from metadata alone, no event is opened.</summary>
internal static class ReadStoredEvents
{
    /// <summary>As many values fit into a request line.</summary>
    public const int MostAsked = 100;

    private const int MostTold = 1000;

    private static readonly Refusal TooMany =
        new(400, "too-many-asked", $"At most {MostAsked} streams, correlations and ids together are asked for at once.");

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/events", HandleAsync);
        operations.MapGet("/streams/{name}", Find);
    }

    private static async Task<IResult> HandleAsync(
        Guid[] stream, string[] correlation, Guid[] id, NpgsqlDataSource database, CancellationToken ct)
    {
        if (stream.Length + correlation.Length + id.Length > MostAsked) return Problems.From(TooMany);
        var found = await StoredEvent.FindAsync(database, stream, correlation, id, MostTold + 1, ct);
        return Results.Ok(new StoredEvents([.. found.Take(MostTold)], found.Count > MostTold));
    }

    private static IResult Find(string name, ServiceDefinition definition) => definition.StreamNamed?.Invoke(name) is { } id
        ? Results.Ok(new NamedStream(id))
        : Problems.From(Refusals.NotFound("stream"));
}
