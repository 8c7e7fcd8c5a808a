using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PartnerClients;

internal static class PartnerClientRefusals
{
    public static readonly Refusal AlreadyShown =
        new(409, "secret-already-shown", "A secret is shown once. Rotate it, or revoke the program and create another one.");
}
