using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>What the partner is to be told from now on. Holds when two other people have approved it.</summary>
internal static class ProposeAgreement
{
    internal static Decision Decide(
        Partner partner, Terms terms, Document? policy, Guid? proposer, DateTimeOffset now) =>
        proposer is not { } person ? AgreementRefusals.NotAPerson
        : partner.ContactForgottenAt is not null ? AgreementRefusals.Forgotten
        : TermsRules.WhyNot(terms, policy, now) is { } refusal ? refusal
        : terms.NeedsKey && partner.Key is null ? AgreementRefusals.KeyMissing
        : Decision.Of(new AgreementProposed(partner.LastVersion + 1, terms, person, now));

    private static async Task<IResult> Handle(
        Guid partnerId, Terms terms, Commands commands, Reader reader, Caller caller, TimeProvider time, CancellationToken ct)
    {
        var policy = await reader.LatestAsync<Document>(DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), ct);
        var proposer = caller.UserId;
        return await commands.ChangeAsync<Partner>(
            partnerId, partner => Decide(partner, terms, policy, proposer, time.GetUtcNow()), ct);
    }

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("/{partnerId:guid}/proposals", Handle)
        .WithName("ProposeAgreement")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Proposes an agreement, in place of the proposal that waits.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
