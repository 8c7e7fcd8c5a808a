using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

internal static class LegalHoldRefusals
{
    public static readonly Refusal NotAPerson = new(403, "person-required", "A person asks and approves, not a program.");

    public static readonly Refusal SamePerson = new(
        403, "second-person-required", "Who has asked for a hold or its end does not approve it: another one does.");

    public static readonly Refusal ReasonMalformed = new(
        422, "reason-malformed",
        "A reason is a reference such as case:2026-117: up to 100 letters, digits and . : / _ -, never a text.", "/reason");

    public static readonly Refusal UnknownGroup = new(
        422, "group-unknown", $"A group is {string.Join(", ", HoldGroups.All)}.", "/groups");

    public static readonly Refusal EndInPast = new(422, "end-in-past", "It ends at a time that is still to come.", "/until");

    public static readonly Refusal NotHeld = new(409, "hold-not-in-force", "There is no hold in force that could end.");

    public static readonly Refusal ReleaseNotAsked = new(
        409, "release-not-asked", "A hold ends when one lawyer has asked for it and another person approves.");

    public static readonly Refusal Over = new(
        409, "hold-over", "A hold that was released or whose time is over is asked for anew.");
}
