using EPerfect.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace EPerfect.Accounts.Mail;

/// <summary>What outgoing mail consists of.</summary>
internal static class MailModule
{
    public static ServiceDefinition WithMail(this ServiceDefinition definition) => definition
        .Event<MailRequested>("mail_requested")
        .Event<MailAttemptFailed>("mail_attempt_failed")
        .Event<MailSent>("mail_sent")
        .Event<MailRefused>("mail_refused")
        .Event<MailDropped>("mail_dropped")
        .Stream<OutgoingMail>()
        .Runs<SendMail>(SendMail.Kind)
        .Stoppable("mail", SendMail.Kind)
        .Services(Parts);

    /// <summary>Names what writes mails of a kind.</summary>
    public static IServiceCollection AddMail<TTemplate>(this IServiceCollection services, string kind)
        where TTemplate : class, IMailTemplate => services.AddKeyedScoped<IMailTemplate, TTemplate>(kind);

    private static void Parts(IServiceCollection services)
    {
        services.AddSingleton<MailQueue>().AddSingleton<IMailServer, SmtpServer>();
        services.AddOptions<MailSettings>().BindConfiguration(MailSettings.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailSettings>, Valid>();
    }

    private sealed class Valid(IHostEnvironment environment) : IValidateOptions<MailSettings>
    {
        public ValidateOptionsResult Validate(string? name, MailSettings options) =>
            options.Check(mayLack: environment.IsDevelopment()) is { } fault
                ? ValidateOptionsResult.Fail(fault)
                : ValidateOptionsResult.Success;
    }
}
