using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Demo;

/// <summary>A person signs up through the pages, proves the address by a mail, and is signed in.</summary>
internal sealed class Arriving(Visitor visitor, MailCatcher mails, Narrator narrator)
{
    public async Task SignUpAsync(Person person, CancellationToken ct)
    {
        await narrator.StepAsync(
            "Sign up", "GET /connect/authorize, then POST /identity/sign-up",
            () => visitor.AskToSignUpAsync(person.Email, ct),
            page => $"\"{page.Title}\"");
        var mail = await narrator.StepAsync(
            "Read the mail", "deploy/mail 1", () => MailAsync(person, ct),
            mail => $"\"{mail.Subject}\" from {mail.From}");
        await narrator.StepAsync(
            "Follow its link and choose a password", "POST /identity/sign-up/confirm, then POST /connect/token",
            () => TokenAsync(mail, ct),
            _ => "signed in: a code with proof key (S256) was exchanged for a token of ten minutes");
    }

    private async Task<CaughtMail> MailAsync(Person person, CancellationToken ct)
    {
        CaughtMail? mail = null;
        await Waiting.UntilAsync(
            "a mail comes",
            () => Task.FromResult((mail = mails.MailsTo(person.Email) is [var newest, ..] ? newest : null) is not null),
            ct);
        return mail!;
    }

    private async Task<bool> TokenAsync(CaughtMail mail, CancellationToken ct)
    {
        await visitor.FinishSigningUpAsync(mail.Text, ct);
        return visitor.IsSignedIn;
    }
}
