using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

internal static class AccountRefusals
{
    public static readonly Refusal Closed = new(409, "account-closed", "A closed account does not change any more.");

    public static readonly Refusal EmailInUse =
        new(409, "email-in-use", "There is one account per e-mail address, and this address has one.", "/email");

    /// <summary>Whatever the address is: somebody else's, nobody's, or not verified.</summary>
    public static readonly Refusal EmailNotYours =
        new(422, "email-not-yours", "The address is the one that you sign in with, verified.", "/email");

    public static readonly Refusal Erased = new(410, "erased", "The data of this person was erased.");
}
