using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>Nothing is posted any more, and nothing that signed is good any more. Set again, it goes on
/// from where it was.</summary>
internal static class RemoveWebhook
{
    internal static Decision Decide(Webhook webhook, DateTimeOffset now) =>
        Webhook.WhyNot(webhook) is { } refusal ? refusal : Decision.Of(new WebhookRemoved(now));

    private static Task<IResult> Handle(Commands commands, Caller caller, TimeProvider time, CancellationToken ct)
    {
        var partner = caller.Partner!.Value;
        return commands.ChangeAsync<Webhook>(
            Webhook.IdOf(partner),
            (webhook, work, _) =>
            {
                var decided = Decide(webhook, time.GetUtcNow());
                if (decided.Refusal is null) FeedProgress.TurnOff(work, partner, Webhook.Way);
                return Task.FromResult(decided);
            },
            ct);
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapDelete("", Handle)
        .WithName("RemoveWebhook")
        .Allow(Access.OfPartner())
        .WithSummary("Ends posting events to the partner.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
