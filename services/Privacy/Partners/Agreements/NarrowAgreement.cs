using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Takes away at once, without anybody's approval: it holds for all that is sent after it.</summary>
internal static class NarrowAgreement
{
    internal static Decision Decide(Partner partner, Terms terms, Document? policy, DateTimeOffset now) =>
        partner is not { Agreement: { } agreement, Ended: null } ? AgreementRefusals.NothingAgreed
        : !terms.IsWithin(agreement.Terms) ? AgreementRefusals.NotNarrower
        : TermsRules.WhyNot(terms, policy, now) is { } refusal ? refusal
        : terms.IsSame(agreement.Terms) ? Decision.Nothing
        : Decision.Of(new AgreementNarrowed(partner.LastVersion + 1, terms, now));

    private static async Task<IResult> Handle(
        Guid partnerId, Terms terms, Commands commands, Reader reader, TimeProvider time, CancellationToken ct)
    {
        var policy = await reader.LatestAsync<Document>(DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), ct);
        return await commands.ChangeAsync<Partner>(
            partnerId,
            (partner, work, token) =>
                TellOfAgreement.RecordAsync(work, partner, Decide(partner, terms, policy, time.GetUtcNow()), token),
            ct);
    }

    public static void Map(RouteGroupBuilder registry) => registry.MapPut("/{partnerId:guid}/agreement", Handle)
        .WithName("NarrowAgreement")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Narrows what is agreed, at once.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
