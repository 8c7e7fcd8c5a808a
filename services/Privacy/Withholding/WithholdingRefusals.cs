using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Withholding;

internal static class WithholdingRefusals
{
    public static readonly Refusal NotAPerson = new(403, "person-required", "A person orders and approves this, not a program.");

    public static readonly Refusal SamePerson = new(
        403, "second-person-required", "Who has ordered the withholding does not approve it: another one does.");

    public static readonly Refusal UnknownGround = new(
        422, "ground-unknown", $"Law forbids to tell by {string.Join(", ", WithholdingGrounds.All)}.", "/ground");

    public static readonly Refusal UnknownStatement = new(
        422, "statement-unknown", "It was stated to us written or oral.", "/statement");

    public static readonly Refusal ReferenceMalformed = new(
        422, "reference-malformed", "A reference is up to 100 letters, digits and . : / _ -, never a text.", "/reference");

    public static readonly Refusal OpeningGroundMalformed = new(
        422, "opening-ground-malformed", "Openings are withheld by their ground: a case and its number, such as case:4711.",
        "/openingGround");

    public static readonly Refusal EndInPast = new(422, "end-in-past", "It ends at a time that is still to come.", "/until");

    public static readonly Refusal OralTooLong = new(
        422, "oral-too-long", "What was only said to us holds for thirty days at most.", "/until");

    public static readonly Refusal Over = new(
        409, "withholding-over", "What was lifted, or whose time is over, is ordered anew.");

    /// <summary>Nothing of why, nor of who wants it: that is what is withheld.</summary>
    public static Refusal Withheld(DateTimeOffset until) => new(
        451, "withheld-by-law", "Law forbids to tell this before that time.")
    {
        Until = until,
    };
}
