using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal sealed record ApproveAgreementRequest(int Version);

/// <summary>Two people approve what a third proposed: one as privacy officer, one for legal. With the second it holds.</summary>
internal static class ApproveAgreement
{
    private static readonly (StaffRole Role, string Name)[] Needed =
        [(StaffRole.PrivacyOfficer, "privacy-officer"), (StaffRole.Legal, "legal")];

    internal static Decision Decide(
        Partner partner, int version, Guid? approver, StaffRole roles, Document? policy, DateTimeOffset now)
    {
        if (approver is not { } person) return AgreementRefusals.NotAPerson;
        if (partner.Proposal is not { } proposal || proposal.Version != version) return AgreementRefusals.NoProposal;
        if (proposal.ProposedBy == person) return AgreementRefusals.OwnProposal;
        if (proposal.Approvals.Exists(one => one.ApprovedBy == person)) return AgreementRefusals.SamePerson;
        // What the policy says may have changed since.
        if (TermsRules.WhyNot(proposal.Terms, policy, now) is { } refusal) return refusal;
        var missing = Needed.Where(one => !proposal.Approvals.Exists(given => given.Role == one.Name)).ToArray();
        if (missing.FirstOrDefault(one => (one.Role & roles) != StaffRole.None) is not { Name: { } role })
            return Refusals.RoleInsufficient;
        var approved = new AgreementApproved(version, role, person, now);
        if (missing.Length > 1) return Decision.Of(approved);
        var activated = new AgreementActivated(version, now, proposal.Terms.Until);
        return proposal.Terms.NeedsKey
            ? Decision.Of(approved, activated, new AskingBegun(partner.AskingRound + 1, now))
            : Decision.Of(approved, activated);
    }

    private static async Task<IResult> Handle(
        Guid partnerId,
        ApproveAgreementRequest request,
        Commands commands,
        Reader reader,
        Caller caller,
        TimeProvider time,
        CancellationToken ct)
    {
        var policy = await reader.LatestAsync<Document>(DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), ct);
        var (person, roles) = (caller.UserId, caller.Staff);
        return await commands.ChangeAsync<Partner>(
            partnerId,
            (partner, work, token) => TellOfAgreement.RecordAsync(
                work, partner, Decide(partner, request.Version, person, roles, policy, time.GetUtcNow()), token),
            ct);
    }

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("/{partnerId:guid}/approvals", Handle)
        .WithName("ApproveAgreement")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Approves the proposal of this version. The second of two approvals puts it in force.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
