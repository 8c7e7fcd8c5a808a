using EPerfect.Privacy.Partners.Webhooks;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>A partner as staff and its own programs see it; also that nothing arrives at its webhook any more.</summary>
internal sealed record PartnerView(
    Guid Id,
    string Company,
    PartnerKind Kind,
    PartnerMode Mode,
    PartnerState State,
    DateTimeOffset RegisteredAt,
    PartnerKey? Key,
    AgreementView? Agreement,
    ProposalView? Proposal,
    StopView? Stopped,
    WebhookDisabled? WebhookDisabled)
{
    public static PartnerView Of(Partner partner, Webhook? webhook) => new(
        partner.Id,
        partner.Company,
        partner.Kind,
        partner.Mode,
        partner.State,
        partner.RegisteredAt,
        partner.Key,
        partner.Agreement is { } agreement ? new(agreement.Version, agreement.Terms, agreement.Since) : null,
        partner.Proposal is { } proposal
            ? new(proposal.Version, proposal.Terms, [.. proposal.Approvals.Select(approval => approval.Role)])
            : null,
        StopView.Of(partner),
        webhook?.Disabled);
}

/// <param name="Version">Counted with each proposal and each narrowing.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="Since">The position that deliveries began after.</param>
internal sealed record AgreementView(int Version, Terms Terms, long Since);

/// <param name="Version">What an approval names.</param>
/// <param name="Terms">What is proposed.</param>
/// <param name="ApprovedAs">The roles in which it was approved.</param>
internal sealed record ProposalView(int Version, Terms Terms, IReadOnlyList<string> ApprovedAs);

/// <param name="Reason">Why deliveries stopped.</param>
/// <param name="Position">Where: nothing was sent after it.</param>
/// <param name="At">When.</param>
internal sealed record StopView(StopReason Reason, long Position, DateTimeOffset At)
{
    public static StopView? Of(Partner partner) =>
        partner.Stopped is { } stop ? new(stop.Reason, stop.Position, stop.At) : null;
}
