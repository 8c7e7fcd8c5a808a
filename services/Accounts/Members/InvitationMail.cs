using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>Writes the invitation; not any more if it was used or withdrawn meanwhile.</summary>
internal sealed class InvitationMail(Reader reader, InvitationToken tokens, IConfiguration configuration) : IMailTemplate
{
    public const string Kind = "member-invitation";

    public async Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken)
    {
        var accountId = Guid.ParseExact(mail.Arguments["account"], "N");
        var account = await reader.LatestAsync<Account>(accountId, cancellationToken);
        if (account?.Invitations.ContainsKey(mail.Subject) != true) return null;
        var link = new Uri(
            Issuer.Of(configuration), $"identity/invitation?token={tokens.Make(accountId, mail.Subject)}");
        return new MailText(
            "You are invited to an account at ePerfect",
            $"""
            Somebody who owns an account at ePerfect invites you to it, as: {mail.Arguments["role"]}.

            Open this address to accept, until {mail.Arguments["until"]}. You sign in first, or sign up:

            {link}

            If you did not expect this, do nothing: the invitation ends by itself, and we forget this address.
            """);
    }
}
