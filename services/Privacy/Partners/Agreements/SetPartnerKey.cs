using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>The partner's first key, or the next one. What is current is then encrypted anew; what is encrypted for the old key
/// is sent no more.</summary>
internal static class SetPartnerKey
{
    internal static Decision Decide(Partner partner, PartnerKey key, DateTimeOffset now)
    {
        if (PartnerKey.WhyNot(key) is { } refusal) return refusal with { Pointer = refusal.Pointer!["/key".Length..] };
        if (partner.Key == key) return Decision.Nothing;
        if (partner.KeyIds.Contains(key.ToEncrypt().Kid)) return NameInUse;
        var changed = new PartnerKeyChanged(key, now);
        return partner.Agreed(now) is { Terms.NeedsKey: true }
            ? Decision.Of(changed, new AskingBegun(partner.AskingRound + 1, now))
            : Decision.Of(changed);
    }

    private static Task<IResult> Handle(
        PartnerKey key, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Partner>(
            caller.Partner!.Value,
            async (partner, work, token) =>
            {
                var now = time.GetUtcNow();
                var decided = Decide(partner, key, now);
                if (decided.Events.OfType<AskingBegun>().Any())
                    await TellAgain.OfAllAsync(work, partner with { Key = key }, now, token);
                return decided;
            },
            ct);

    private static readonly Refusal NameInUse = new(
        422, "partner-key-name-in-use", "Another key has another `kid`, one that no key of the partner ever had.", "/kid");

    public static void Map(RouteGroupBuilder partners) => partners.MapPut("/key", Handle)
        .WithName("SetPartnerKey")
        .Allow(Access.OfPartner())
        .WithSummary("The public key that personal data is encrypted to, from now on.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
