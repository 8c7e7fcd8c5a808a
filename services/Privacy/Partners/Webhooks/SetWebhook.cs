using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Pull;
using EPerfect.Privacy.Partners.Webhooks.Posting;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <param name="Url">Where to post.</param>
/// <param name="Types">Which of the agreed types; all, if none is named.</param>
internal sealed record SetWebhookRequest(string Url, IReadOnlyList<string>? Types = null);

/// <summary>The partner says where it wants its events. Nothing is sent before it has made a secret. Another
/// address is tried at once, whatever became of the one before it.</summary>
internal static class SetWebhook
{
    internal static Decision Decide(
        Webhook? webhook, Guid partner, string url, IReadOnlyList<string> types, DateTimeOffset now) =>
        webhook?.Url == url && webhook.Types.SequenceEqual(types)
            ? Decision.Nothing
            : Decision.Of(new WebhookSet(partner, url, types, now));

    private static async Task<IResult> Handle(
        SetWebhookRequest request,
        Commands commands,
        Caller caller,
        Reader reader,
        WebhookTargets targets,
        TimeProvider time,
        CancellationToken ct)
    {
        var partner = await reader.LatestAsync<Partner>(caller.Partner!.Value, ct);
        if (caller.WhyNot(partner) is { } foreign) return Problems.From(foreign);
        string[] types = [.. (request.Types ?? []).Distinct().Order(StringComparer.Ordinal)];
        if (PullRefusals.WhyNot(types, partner!.InForce(time.GetUtcNow())?.Terms) is { } beyond)
            return Problems.From(beyond with { Pointer = "/types" });
        if (await targets.WhyNotAsync(request.Url, ct) is { } refusal) return Problems.From(refusal);
        return await commands.ChangeOrStartAsync<Webhook>(
            Webhook.IdOf(partner.Id),
            (webhook, work, _) =>
            {
                FeedProgress.Choose(work, partner.Id, Webhook.Way, types);
                if (webhook?.Url != request.Url) FeedProgress.TryAtOnce(work, partner.Id, Webhook.Way);
                return Task.FromResult(Decide(webhook, partner.Id, request.Url, types, time.GetUtcNow()));
            },
            ct);
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapPut("", Handle)
        .WithName("SetWebhook")
        .Allow(Access.OfPartner())
        .WithSummary("Where the partner's events are posted, and which of those that are agreed on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
