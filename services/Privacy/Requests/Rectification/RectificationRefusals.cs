using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

internal static class RectificationRefusals
{
    public static readonly Refusal NothingRectified = new(
        409, "nothing-rectified", "Nothing of the person was corrected since the request came.");

    public static readonly Refusal NotTold = new(
        409,
        "recipients-not-told",
        "Who was given the old value is told of the correction before the request is done (GDPR Art. 19).");

    public static readonly Refusal UnknownTelling = new(
        422, "telling-unknown", $"A recipient is told {string.Join(", ", Tellings.All)}.", "/how");

    public static readonly Refusal UnknownRectification = new(
        422, "rectification-unknown", "The request shows which corrections there are.", "/rectificationId");

    public static readonly Refusal UnknownRecipient = new(
        422, "recipient-unknown", "The partner was given nothing of the person before that correction.", "/partnerId");
}
