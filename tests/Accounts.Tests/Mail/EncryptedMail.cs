using EPerfect.Accounts.Mail;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Mail;

/// <summary>Mails hold links that let somebody in: they go to the server that we mean, encrypted, or not at all.</summary>
public sealed class EncryptedMail(PostgresServer postgres) : IDisposable
{
    private const string Server = "127.0.0.1";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TestAuthority authority = new();

    [Theory]
    [InlineData("starttls", "a stranger vouches for it")]
    [InlineData("starttls", "it is of another host")]
    [InlineData("starttls", "it is over")]
    [InlineData("tls", "a stranger vouches for it")]
    [InlineData("tls", "it is of another host")]
    [InlineData("tls", "it is over")]
    public async Task Given_a_wrong_certificate_Then_the_mail_waits_until_it_is_the_right_one(string security, string wrong)
    {
        using var stranger = new TestAuthority();
        await using var mails = MailServer.Encrypted(security, wrong switch
        {
            "a stranger vouches for it" => stranger.Issue(Server),
            "it is of another host" => authority.Issue("mail.elsewhere.example"),
            _ => authority.Issue(Server, isOver: true),
        });
        await using var accounts = await StartAsync(mails);
        var request = MailingService.NewRequest();
        await accounts.Services.GetRequiredService<MailQueue>().RequestAsync(request, Token);

        await MailingService.EndedAsync(accounts, request.Subject, "mail_attempt_failed");
        accounts.Log.Lines.ShouldContain(line => line.Contains("could not be sent: tls", StringComparison.Ordinal));
        (await mails.MailsToAsync(request.Address)).ShouldBeEmpty();

        await mails.ShowAsync(authority.Issue(Server), Token);
        await MailingService.EndedAsync(accounts, request.Subject, "mail_sent");
        (await mails.MailsToAsync(request.Address)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_server_that_hides_its_encryption_Then_nothing_goes_out_in_clear_and_nothing_is_given_up()
    {
        await using var mails = new MailServer();
        await using var accounts = await StartAsync(mails, builder => builder.Configuration["Mail:Security"] = "starttls");
        var request = MailingService.NewRequest();
        await accounts.Services.GetRequiredService<MailQueue>().RequestAsync(request, Token);

        await MailingService.EndedAsync(accounts, request.Subject, "mail_attempt_failed");
        accounts.Log.Lines.ShouldContain(line => line.Contains("could not be sent: tls", StringComparison.Ordinal));
        (await mails.MailsToAsync(request.Address)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_authority_of_our_own_the_machine_judges()
    {
        await using var mails = MailServer.Encrypted("starttls", authority.Issue(Server));
        await using var accounts = await StartAsync(mails, builder => builder.Configuration["Mail:Authorities"] = null);
        var request = MailingService.NewRequest();
        await accounts.Services.GetRequiredService<MailQueue>().RequestAsync(request, Token);

        await MailingService.EndedAsync(accounts, request.Subject, "mail_attempt_failed");
        (await mails.MailsToAsync(request.Address)).ShouldBeEmpty();
    }

    public void Dispose() => authority.Dispose();

    private Task<TestService> StartAsync(
        MailServer mails, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null) =>
        MailingService.StartAsync(postgres, mails, configure: builder =>
        {
            builder.Configuration["Mail:Authorities"] = authority.File;
            configure?.Invoke(builder);
        });
}
