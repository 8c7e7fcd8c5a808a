using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal static class AgreementRefusals
{
    public static readonly Refusal NotAPerson =
        new(403, "person-required", "People propose and approve agreements; a program cannot.");

    public static readonly Refusal NothingAgreed =
        Refusals.WrongState("agreement-none", "Nothing is in force with this partner.");

    public static readonly Refusal NoProposal = Refusals.WrongState(
        "agreement-not-proposed", "This version is not waiting for approval: another one is, or none.");

    public static readonly Refusal OwnProposal =
        new(403, "agreement-own-proposal", "Who proposed an agreement does not approve it.");

    public static readonly Refusal SamePerson = new(
        403, "agreement-approved-by-you", "Two different people approve: one as privacy officer, one for legal.");

    public static readonly Refusal Forgotten = Refusals.WrongState(
        "partner-forgotten", "Nobody at this partner is known any more: who comes back is registered anew.");

    public static readonly Refusal KeyMissing = new(
        422, "partner-key-missing", "Who customers are is encrypted to the partner's key: it registers one first.", "/events");

    public static readonly Refusal NotNarrower = new(
        422, "agreement-not-narrower", "Narrowing takes away; what adds anything is proposed and approved.", "/events");

    public static readonly Refusal NotSuspended =
        Refusals.WrongState("partner-not-suspended", "Only deliveries that are suspended are resumed.");

    /// <summary>Deliveries to the partner stand still, or nothing is agreed.</summary>
    public static Refusal Stopped(Partner partner) => partner.Stopped is { } stop
        ? Refusals.WrongState(
            "deliveries-stopped",
            $"Deliveries stopped at position {stop.Position}; they go on from there when they go on. "
            + "What you owe to people is told nevertheless: GET /api/partners/duties.")
        : NothingAgreed;
}
