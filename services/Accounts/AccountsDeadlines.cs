using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Accounts;

/// <summary>What is due after each event. Calls to outside systems are deadlines that are due at once.</summary>
internal static class AccountsDeadlines
{
    public static IEnumerable<DeadlineChange> Of(IEvent e) => Of(e.Data);

    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        MailRequested x => [new DeadlineChange.Set(SendMail.Kind, x.RequestedAt)],
        MailAttemptFailed x => [new DeadlineChange.Set(SendMail.Kind, x.RetryAt)],
        MailSent or MailRefused or MailDropped => [new DeadlineChange.Clear(SendMail.Kind)],
        MemberInvited x => [new DeadlineChange.Set(ForgetInvitation.Kind, x.ExpiresAt, x.InvitationId.ToString("N"))],
        MemberJoined x => [new DeadlineChange.Set(ForgetInvitation.Kind, x.JoinedAt, x.InvitationId.ToString("N"))],
        InvitationWithdrawn x =>
            [new DeadlineChange.Set(ForgetInvitation.Kind, x.WithdrawnAt, x.InvitationId.ToString("N"))],
        InvitationForgotten x => [new DeadlineChange.Clear(ForgetInvitation.Kind, x.InvitationId.ToString("N"))],
        _ => [],
    };
}
