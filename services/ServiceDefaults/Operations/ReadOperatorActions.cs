using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>A service's part of the list of what operators did by hand. It is told from the events that the deeds left: there
/// is no second record that could say otherwise.</summary>
internal static class ReadOperatorActions
{
    public static void Map(RouteGroupBuilder operations) => operations.MapGet("/actions", HandleAsync);

    private static async Task<IResult> HandleAsync(
        Guid? @operator, int? limit, string? cursor, NpgsqlDataSource database, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var found = await OperatorAction.FindAsync(database, @operator, page.After, page.Limit + 1, ct);
        return Results.Ok(page.Of(found, action => new Cursor(action.At, action.Id)));
    }
}
