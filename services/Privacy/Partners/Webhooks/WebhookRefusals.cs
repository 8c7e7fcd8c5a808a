using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

internal static class WebhookRefusals
{
    public static readonly Refusal UrlInvalid = new(
        422,
        "webhook-url-invalid",
        "An address is an absolute URL of up to 2000 characters, on port 443 or 8443, without user name, password and fragment.",
        "/url");

    public static readonly Refusal NotHttps =
        new(422, "webhook-url-not-https", "Events are posted over https alone.", "/url");

    public static readonly Refusal Unresolved =
        new(422, "webhook-url-unresolved", "No address of the Internet is known for the host's name.", "/url");

    public static readonly Refusal NotPublic = new(
        422, "webhook-url-not-public", "Each address of the host is a public one: not private, local or reserved.", "/url");

    public static readonly Refusal SecretShown =
        Refusals.WrongState("secret-already-shown", "A secret is shown once. Make the next one.");

    public static readonly Refusal WithoutSecret = Refusals.WrongState(
        "webhook-without-secret", "Nothing is sent that could not be verified: make a secret first.");

    public static readonly Refusal Inactive = Refusals.WrongState(
        "webhook-disabled", "Nothing is sent to this webhook until it is resumed.");

    public static readonly Refusal TooManyWaiting = Refusals.WrongState(
        "redeliveries-waiting", "A hundred events wait to be sent again. Replay from a position instead.");
}
