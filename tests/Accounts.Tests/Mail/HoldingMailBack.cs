using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Tests.Staff;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Mail;

/// <summary>An operator stops mail: wishes are taken, nothing goes out, and resumed each mail goes out once.</summary>
public sealed class HoldingMailBack(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_under_load_no_instance_sends_after_a_second_and_resumed_each_mail_is_sent_once()
    {
        await using var mails = new MailServer();
        await using var one = await MailingService.StartAsync(postgres, mails);
        await using var two = await MailingService.StartAsync(postgres, mails, one.Database);
        var requests = new List<MailRequest>();
        for (var i = 0; i < 10; i++) await AskAsync(one, requests);
        await MailingService.EndedAsync(one, requests[0].Subject, "mail_sent");

        await SwitchAsync(two, "stop");
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        var before = await SentAsync(mails, requests);
        for (var i = 0; i < 10; i++) await AskAsync(i % 2 == 0 ? one : two, requests);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await SentAsync(mails, requests)).ShouldBe(before);

        await SwitchAsync(one, "resume");
        foreach (var request in requests) await MailingService.EndedAsync(one, request.Subject, "mail_sent");
        foreach (var request in requests) (await mails.MailsToAsync(request.Address)).ShouldHaveSingleItem();
    }

    private static async Task AskAsync(TestService accounts, List<MailRequest> requests)
    {
        requests.Add(MailingService.NewRequest());
        await accounts.Services.GetRequiredService<MailQueue>().RequestAsync(requests[^1], Token);
    }

    private static async Task<int> SentAsync(MailServer mails, IEnumerable<MailRequest> requests)
    {
        var sent = 0;
        foreach (var request in requests) sent += (await mails.MailsToAsync(request.Address)).Count;
        return sent;
    }

    private static async Task SwitchAsync(TestService accounts, string what)
    {
        using var staff = await accounts.StaffAsync("operator");
        (await staff.PostWithKeyAsync($"/operations/effects/mail/{what}", new { reason = "incident:wrong-text" }))
            .EnsureSuccessStatusCode();
    }
}
