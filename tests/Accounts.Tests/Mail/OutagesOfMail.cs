using EPerfect.Accounts.Mail;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Mail;

public sealed class OutagesOfMail(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_server_is_down_mails_wait_and_then_arrive_once()
    {
        await using var mails = new MailServer();
        await using var accounts = await MailingService.StartAsync(postgres, mails);
        var request = MailingService.NewRequest();
        await mails.KillAsync();
        await accounts.Services.GetRequiredService<MailQueue>().RequestAsync(request, Token);
        await MailingService.EndedAsync(accounts, request.Subject, "mail_attempt_failed");

        await mails.StartAgainAsync(Token);

        await MailingService.EndedAsync(accounts, request.Subject, "mail_sent");
        (await mails.MailsToAsync(request.Address)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_nobody_lived_to_store_that_it_was_sent_Then_it_comes_again_and_can_be_told_by_its_id()
    {
        await using var mails = new MailServer();
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        var request = MailingService.NewRequest();
        var sent = new TaskCompletionSource();
        await using (var doomed = await MailingService.StartAsync(postgres, mails, database, configure: builder =>
            builder.Services.AddSingleton<IMailServer>(services => new Silent(
                ActivatorUtilities.CreateInstance<SmtpServer>(services), sent))))
        {
            await doomed.Services.GetRequiredService<MailQueue>().RequestAsync(request, Token);
            await sent.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }

        await using var next = await MailingService.StartAsync(postgres, mails, database, new Ahead(TimeSpan.FromMinutes(1)));
        await MailingService.EndedAsync(next, request.Subject, "mail_sent");

        var copies = await mails.MailsToAsync(request.Address);
        copies.Count.ShouldBe(2);
        copies.Select(mail => mail.MessageId).Distinct().ShouldHaveSingleItem();
        (await MailingService.EventsOfAsync(next, request.Subject)).ShouldBe(["mail_requested", "mail_sent"]);
    }

    /// <summary>By then what the first instance had taken is free again.</summary>
    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    /// <summary>Sends, and never comes to say so.</summary>
    private sealed class Silent(IMailServer server, TaskCompletionSource sent) : IMailServer
    {
        public async Task<Delivery> SendAsync(
            Guid id, string address, MailText text, DateTimeOffset date, CancellationToken cancellationToken)
        {
            var delivery = await server.SendAsync(id, address, text, date, cancellationToken);
            sent.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return delivery;
        }
    }
}
