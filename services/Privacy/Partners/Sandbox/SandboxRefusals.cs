using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal static class SandboxRefusals
{
    public const int MostPeople = 100;

    private static readonly Refusal Live = Refusals.WrongState(
        "partner-not-sandbox", "Synthetic people are made for a partner whose mode is sandbox.");

    private static readonly Refusal TooMany = Refusals.WrongState(
        "synthetic-people-limit", $"A sandbox has up to {MostPeople} synthetic people. Go on with those that there are.");

    public static readonly Refusal Withdrawn = Refusals.WrongState(
        "synthetic-consent-withdrawn", "The synthetic person has withdrawn already.");

    public static readonly Refusal Erased =
        Refusals.WrongState("synthetic-person-erased", "The synthetic person is erased already.");

    public static readonly Refusal Closed =
        Refusals.WrongState("synthetic-account-closed", "The synthetic person's account is closed already.");

    public static readonly Refusal NothingPublished =
        Refusals.WrongState("policy-none", "No documents are in force yet that somebody could accept.");

    public static Refusal? WhyNot(Partner partner, DateTimeOffset now) =>
        partner.Mode != PartnerMode.Sandbox ? Live
        : partner.InForce(now) is null ? AgreementRefusals.Stopped(partner)
        : null;

    /// <summary>Nothing more happens to who is gone.</summary>
    public static Refusal? WhyNoStory(Person person) =>
        person.Erasing is not null ? Erased
        : person.SyntheticAccountClosedAt is not null ? Closed
        : null;

    public static Refusal? WhyNoMore(Partner partner) => partner.SyntheticPeople.Count < MostPeople ? null : TooMany;
}
