using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal static class RequestRefusals
{
    public static readonly Refusal NotVerified = new(
        428, "identity-not-verified",
        "Nothing is released before it is known who asks: sign in again, not more than ten minutes ago, or let staff check.");

    public static readonly Refusal Over = new(409, "request-over", "A request that is done or refused does not change any more.");

    public static readonly Refusal NotStarted = new(409, "request-not-started", "A request is started before it is done.");

    public static readonly Refusal UnknownRegime =
        new(422, "regime-unknown", "A regime is gdpr, uk, ccpa, lgpd or korea.", "/regime");

    public static readonly Refusal MandateNotYours = new(
        422, "mandate-not-yours", "A mandate is recorded by staff, as one line of up to 200 characters.", "/mandate");

    public static readonly Refusal ReceivedInFuture =
        new(422, "received-in-future", "What was received has been received, and staff alone says when.", "/receivedAt");

    public static readonly Refusal UnknownMethod = new(
        422, "verification-unknown",
        $"Staff verifies by {string.Join(", ", Verifications.ByStaff)}; a mandate by {Verifications.MandateChecked}.", "/method");

    public static readonly Refusal NoMandate =
        new(422, "mandate-not-recorded", "This request was filed without a mandate: there is none to check.", "/method");

    public static readonly Refusal MandateNotChecked = new(
        428, "mandate-not-checked", "An agent's request begins when it is known who the agent is and the mandate was checked.");

    public static readonly Refusal SecondPerson = new(
        403, "second-person-required", "Who has checked the identity does not begin an erasure: another officer does.");

    public static readonly Refusal UnknownGround =
        new(422, "ground-unknown", $"A request is refused as {string.Join(", ", Grounds.All)}.", "/ground");

    public static readonly Refusal UnknownReason = new(
        422, "extension-reason-unknown", $"It takes longer for {string.Join(" or ", ExtensionReasons.All)}.", "/reason");

    public static readonly Refusal NoExtension =
        new(409, "extension-not-allowed", "The law that this is answered under knows no extension, or it has been used.");

    public static readonly Refusal ExtensionTooLate = new(
        409, "extension-too-late", "The person is told of an extension before the first term ends.");

    public static readonly Refusal PurposesMissing = new(
        422, "objection-purposes-missing", "An objection names the purposes that it is directed against.", "/purposes");

    public static readonly Refusal PurposesMisplaced = new(
        422, "objection-purposes-misplaced", "Only an objection names purposes.", "/purposes");

    public static readonly Refusal NotObjectable = new(
        422,
        "purpose-not-objectable",
        "There is an objection to direct marketing, and to what rests on our interest alone.",
        "/purposes");

    public static readonly Refusal HasBegun = new(
        409,
        "request-has-begun",
        "What has taken effect ends in its own way: a restriction is lifted, an objection weighed for each purpose.");

    public static readonly Refusal NotWeighable =
        new(409, "objection-not-weighable", "This is no objection that has begun, or it does not name that purpose.");

    public static readonly Refusal Weighed = new(409, "objection-weighed", "It was decided otherwise before.");

    public static readonly Refusal UnknownObjectionGround = new(
        422,
        "objection-ground-unknown",
        $"Granted for {string.Join(", ", ObjectionGrounds.ForThePerson)}; "
            + $"refused for {string.Join(", ", ObjectionGrounds.ForUs)}.",
        "/ground");

    public static readonly Refusal NotWithdrawable = new(
        409,
        "request-not-withdrawable",
        "An erasure that has begun cannot be stopped, and what was released cannot be taken back.");

    public static readonly Refusal UnknownState = new(
        422, "request-state-unknown",
        "A state is open, overdue, filed, acknowledged, verified, in-progress, extended, refused, done or withdrawn.");
}
