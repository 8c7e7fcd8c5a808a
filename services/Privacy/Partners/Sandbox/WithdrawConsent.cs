using EPerfect.Contracts.Partners;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record WithdrawConsentRequest;

/// <summary>The synthetic person agrees to sharing no more: who was told hears of that, and of nothing else.</summary>
internal static class WithdrawConsent
{
    internal static Decision Decide(Person person, DateTimeOffset now) =>
        person.Erasing is not null ? SandboxRefusals.Erased
        : person.LastChoice(Purposes.PartnerSharing) is { Given: true } given
            ? Decision.Of(new SyntheticConsentWithdrawn(given.PolicySet, now))
            : SandboxRefusals.Withdrawn;

    private static Task<IResult> Handle(
        Guid personId, WithdrawConsentRequest request, SandboxPeople people, CancellationToken cancellationToken) =>
        people.ChangeAsync(
            personId,
            Decide,
            story => [story.Entry(new SharingWithdrawnData(story.Now), story.Now)],
            cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{personId:guid}/withdrawal", Handle)
        .WithName("WithdrawSyntheticConsent")
        .Allow(Access.OfPartner())
        .WithSummary("The synthetic person agrees to sharing no more.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
