using EPerfect.Accounts.Mail;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>Tells the owner what happened to the login, in case it was not the owner who did it.</summary>
internal sealed class Notice([ServiceKey] string kind, MailLinks links) : IMailTemplate
{
    /// <summary>Who uses the login wants to know what happens to it, or must be told.</summary>
    public RestrictionException? UnderRestriction => RestrictionException.ConsentOfThePerson;

    public static readonly IReadOnlyList<string> Kinds =
    [
        LetterKinds.AlreadyRegistered, LetterKinds.PasswordChanged, LetterKinds.AddressChangeRequested,
        LetterKinds.AddressChanged, LetterKinds.FactorsChanged, LetterKinds.NewSignIn, LetterKinds.RestrictionEnding,
    ];

    public Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken)
    {
        var (title, happened) = Say(kind);
        var at = mail.RequestedAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm");
        return Task.FromResult<MailText?>(new MailText(title, $"""
            {happened} ({at} UTC)

            {Advice(kind)}
            """));
    }

    private static (string Title, string Happened) Say(string kind) => kind switch
    {
        LetterKinds.AlreadyRegistered =>
            ("You have an ePerfect sign-in already", "Somebody wanted to sign up at ePerfect with this address, which is yours."),
        LetterKinds.PasswordChanged =>
            ("Your password was changed", "The password of your ePerfect sign-in was changed."),
        LetterKinds.AddressChangeRequested =>
            ("Another e-mail address was asked for", "Somebody who is signed in as you wants your ePerfect sign-in to have "
                + "another e-mail address. It changes when the mail to that address is answered."),
        LetterKinds.AddressChanged =>
            ("Your e-mail address was changed", "Your ePerfect sign-in has another e-mail address now, and not this one."),
        LetterKinds.FactorsChanged =>
            ("Your second factors were changed", "An authenticator app, a passkey or the recovery codes of your ePerfect "
                + "sign-in were added, removed or replaced."),
        LetterKinds.NewSignIn =>
            ("A sign-in from a new device", "Somebody signed in to your ePerfect account from a browser that we did not know."),
        LetterKinds.RestrictionEnding =>
            ("The restriction of your data will end", "You had asked that your data be kept and not used. That will end soon; "
                + "until when it lasts and why it ends stands with your requests."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private string Advice(string kind) => kind == LetterKinds.RestrictionEnding
        ? "If you do not agree, answer before that, or ask for a restriction anew."
        : kind == LetterKinds.AlreadyRegistered
        ? $"""
            If it was you, sign in instead: {links.Url("/identity/sign-in")}
            If you forgot the password, set a new one: {links.Url("/identity/forgotten-password")}
            If it was not you, ignore this mail: nothing has changed.
            """
        : $"""
            If it was you, all is well. If it was not, set a new password at once; that signs everybody out:

            {links.Url("/identity/forgotten-password")}

            What happened lately is listed here: {links.Url("/identity/security")}
            """;
}
