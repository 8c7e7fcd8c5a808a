using System.Diagnostics;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

/// <param name="Events">CloudEvents 1.0, structured, in order.</param>
/// <param name="Next">The last position that was looked at: the next <c>after</c>.</param>
internal sealed record FeedView(IReadOnlyList<JsonObject> Events, long Next);

/// <summary>What a partner asks for.</summary>
internal sealed record Pull(long After, int Limit, int Wait, IReadOnlySet<string> Types)
{
    /// <summary>What is not a matter of agreement is told whatever is asked for.</summary>
    public bool Wants(string type) =>
        Types.Count == 0 || Types.Contains(type) || FeedTypes.Find(type) is not { Release: ReleaseRule.Agreed };
}

/// <summary>The partner asks, as often as it likes, from any position that is kept: it keeps no state here.</summary>
internal sealed class PullFeed(
    FeedReader feed, FeedGate gate, FeedSignal signal, CloudEvents events, TimeProvider time, IHostApplicationLifetime life)
{
    public const string Way = "pull";
    private const int Most = 500;
    private const int Usual = 100;

    /// <summary>The gateway gives up on a service that is silent for thirty.</summary>
    private const int LongestWait = 25;

    private async Task<IResult> AnswerAsync(Guid partner, Pull asked, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        var end = time.GetUtcNow().AddSeconds(asked.Wait);
        var after = asked.After;
        while (true)
        {
            var commit = signal.Next;
            var page = await feed.ReadAsync(after, asked.Limit, cancellationToken);
            FeedEntry[] chosen = [.. page.Entries.Where(entry => asked.Wants(entry.Recorded.Type))];
            var mayWait = time.GetUtcNow() < end && !stopping.IsCancellationRequested;
            if (mayWait && chosen.Length == 0 && page.Entries.Count < asked.Limit)
            {
                // Most of what is committed is for nobody: who waits need not ask the gate each time.
                after = page.Next;
                await WaitAsync(commit, stopping.Token);
                continue;
            }

            var answer = await gate.AskAsync(partner, Way, chosen, cancellationToken);
            if (answer.InForce is null) return Problems.From(AgreementRefusals.Stopped(answer.Partner!));
            after = page.Next;
            if (answer.Cleared.Count > 0 || time.GetUtcNow() >= end || stopping.IsCancellationRequested)
            {
                CloudEvent[] told = [.. answer.Cleared.Select(events.Render)];
                // What is told together belongs to as many traces, and the request to one of its own: they are linked.
                foreach (var one in told) DeliverySpan.Start(one, partner, Way, "http", Activity.Current)?.Dispose();
                return Results.Ok(new FeedView([.. told.Select(one => one.Structured())], after));
            }

            // A full page in which nothing was for this partner: the next one is looked at before it is told so.
            if (page.Entries.Count < asked.Limit) await WaitAsync(commit, stopping.Token);
        }
    }

    private async Task WaitAsync(Task commit, CancellationToken stopping)
    {
        try
        {
            await signal.WaitAsync(commit, stopping);
        }
        catch (OperationCanceledException)
        {
            // The service stops: who waits is answered with what there is.
        }
    }

    private static async Task<IResult> Handle(
        long? after,
        int? limit,
        int? wait,
        string? types,
        PullFeed pull,
        LongPolls polls,
        FeedReader feed,
        Caller caller,
        Reader reader,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var partner = await reader.LatestAsync<Partner>(caller.Partner!.Value, cancellationToken);
        if (caller.WhyNot(partner) is { } foreign) return Problems.From(foreign);
        if (partner!.InForce(time.GetUtcNow()) is not { } agreement)
            return Problems.From(AgreementRefusals.Stopped(partner));
        if (limit is < 1 or > Most) return Problems.From(PullRefusals.Limit);
        if (wait is < 0 or > LongestWait) return Problems.From(PullRefusals.Wait);
        var chosen = (types ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.Ordinal);
        if (PullRefusals.WhyNot(chosen, agreement.Terms) is { } refusal) return Problems.From(refusal);

        var at = await PullPosition.OfAsync(feed, after, agreement.Since, cancellationToken);
        if (at.Refusal is { } impossible) return Problems.From(impossible);
        var asked = new Pull(at.From, limit ?? Usual, wait ?? 0, chosen);
        if (asked.Wait == 0) return await pull.AnswerAsync(partner.Id, asked, cancellationToken);
        var (held, crowded) = polls.Take(partner.Id);
        using (held)
        {
            if (crowded is null) return await pull.AnswerAsync(partner.Id, asked, cancellationToken);
            response.Headers.RetryAfter = Places.RetryAfterSeconds;
            return Problems.From(crowded);
        }
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/feed", Handle)
        .WithName("PullFeed")
        .Allow(Access.OfPartner())
        .WithSummary("What the partner may hear of after a position; waits for it, if asked to.")
        .Produces<FeedView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
