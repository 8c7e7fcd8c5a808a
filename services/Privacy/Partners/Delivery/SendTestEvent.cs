using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

internal sealed record TestEventRequest;

/// <summary>An event that is about nobody, for the partner alone. It comes in its turn, by every way that the partner
/// takes.</summary>
internal static class SendTestEvent
{
    private static Task<IResult> Handle(
        TestEventRequest request, Commands commands, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = RecordEntry.Entry(
            caller.Partner!.Value,
            $"{Guid.CreateVersion7():D}",
            new PartnerTestData("It works."),
            now,
            onlyFor: caller.Partner);
        return commands.ChangeAsync<Partner>(
            entry.Subject,
            async (partner, work, token) =>
            {
                if (partner.InForce(now) is null) return AgreementRefusals.Stopped(partner);
                await RecordEntry.RecordAsync(work, entry, token);
                return Decision.Nothing;
            },
            cancellationToken);
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapPost("/test-events", Handle)
        .WithName("SendTestEvent")
        .Allow(Access.OfPartner())
        .WithSummary("Puts an event that is about nobody into the feed, for the partner alone.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
