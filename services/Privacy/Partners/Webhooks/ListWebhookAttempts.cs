using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>The delivery log: each event that was posted, each time, and what came of it; the newest first.</summary>
internal static class ListWebhookAttempts
{
    private static async Task<IResult> Handle(
        int? limit, string? cursor, Caller caller, Reader reader, WebhookAttempts attempts, CancellationToken ct)
    {
        // Of one that was removed, too.
        var webhook = await reader.LatestAsync<Webhook>(Webhook.IdOf(caller.Partner!.Value), ct);
        if (caller.WhyNot(webhook) is { } unknown) return Problems.From(unknown);
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var before = page.After ?? new Cursor(DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var found = await attempts.OfAsync(webhook!.PartnerId, before, page.Limit + 1, ct);
        return Results.Ok(page.Of(found, attempt => new Cursor(attempt.At, attempt.Id)));
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapGet("/attempts", Handle)
        .WithName("ListWebhookAttempts")
        .Allow(Access.OfPartner())
        .WithSummary("Each event that was posted, each time, and what came of it; the newest first.")
        .Produces<Page<WebhookAttempt>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
