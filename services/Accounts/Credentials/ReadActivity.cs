using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Credentials;

internal sealed record ActivityView(string Event, DateTimeOffset At, int Times, string? Address);

/// <summary>What happened to the caller's own sign-in, newest first: sign-ins, failures, changed passwords and factors,
/// and from which network address.</summary>
internal static class ReadActivity
{
    private static async Task<IResult> Handle(
        int? limit, string? cursor, Caller caller, Activity activity, HttpResponse response, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        // A program has no sign-in.
        if (caller.UserId is not { } person) return Problems.From(Refusals.NotFound("activity"));
        response.Headers.CacheControl = "no-store";
        var found = page.Of(
            await activity.ListAsync(person, page.Limit + 1, page.After, ct),
            happening => new Cursor(happening.At, happening.Id));
        return Results.Ok(new Page<ActivityView>([.. found.Items.Select(Show)], found.Next));
    }

    private static ActivityView Show(Happening one) => new(one.Kind, one.At, one.Times, one.Address);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapGet("/me/activity", Handle)
        .WithName("ReadOwnActivity")
        .WithSummary("What happened to the own sign-in, newest first.")
        .Allow(Access.SignedIn)
        .Produces<Page<ActivityView>>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
