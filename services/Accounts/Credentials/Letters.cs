using System.Collections.Immutable;
using EPerfect.Accounts.Mail;

namespace EPerfect.Accounts.Credentials;

/// <summary>The mails about a login, by the names they are asked for under.</summary>
internal static class LetterKinds
{
    public const string ProveAddress = "prove-address";
    public const string AlreadyRegistered = "already-registered";
    public const string ResetPassword = "reset-password";
    public const string PasswordChanged = "password-changed";
    public const string AddressChangeRequested = "address-change-requested";
    public const string AddressChanged = "address-changed";
    public const string FactorsChanged = "factors-changed";
    public const string NewSignIn = "new-sign-in";
    public const string RestrictionEnding = "restriction-ending";
}

/// <summary>
/// Asks for mails to a person about the login. Those that others can cause come seldom enough not to fill a mailbox. Each
/// kind is counted by itself: whoever uses one up withholds no other, and has sent the owner links that are still good.
/// </summary>
internal sealed class Letters(MailQueue mails, Logins logins, Attempts attempts)
{
    public async Task ToAsync(Login login, string kind, CancellationToken cancellationToken)
    {
        if (IsAtWill(kind) && !await attempts.TakeAsync(Attempts.Mail(kind, login.EmailIndex), cancellationToken)) return;
        if (await logins.AddressOfAsync(login, cancellationToken) is { } address)
            await mails.RequestAsync(new MailRequest(kind, login.Id, address), cancellationToken);
    }

    public async Task ToAsync(PendingAddress pending, string address, CancellationToken cancellationToken)
    {
        // Nor does who wants to move to an address withhold the mail of who signs up with it.
        var kind = pending.LoginId is null ? LetterKinds.ProveAddress : "move-address";
        if (!await attempts.TakeAsync(Attempts.Mail(kind, pending.EmailIndex), cancellationToken)) return;
        var request = new MailRequest(LetterKinds.ProveAddress, pending.LoginId ?? pending.Id, address)
        {
            Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("pending", pending.Id.ToString("D")),
        };
        await mails.RequestAsync(request, cancellationToken);
    }

    /// <summary>To an address that is the login's no more.</summary>
    public Task ToFormerAsync(Login login, string address, CancellationToken cancellationToken) =>
        mails.RequestAsync(new MailRequest(LetterKinds.AddressChanged, login.Id, address), cancellationToken);

    private static bool IsAtWill(string kind) =>
        kind is LetterKinds.AlreadyRegistered or LetterKinds.ResetPassword or LetterKinds.AddressChangeRequested;
}
