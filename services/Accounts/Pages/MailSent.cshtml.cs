namespace EPerfect.Accounts.Pages;

/// <summary>Says the same, whatever was found.</summary>
internal sealed class MailSent : IdentityPage;
