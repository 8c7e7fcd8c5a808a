using System.Collections.Immutable;
using EPerfect.Accounts.Mail;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Mail;

public sealed class SendingMails(MailingService accounts) : IClassFixture<MailingService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_asked_for_arrives_as_plain_text_in_any_script()
    {
        var request = MailingService.NewRequest();
        await accounts.Queue.RequestAsync(request, Token);

        var mail = await accounts.Mails.MailToAsync(request.Address);

        mail.From.ShouldBe("\"ePerfect\" <no-reply@eperfect.example>");
        mail.Subject.ShouldBe("Grüße aus Tallinn: Ihr Zugang");
        mail.Text.ShouldContain("Sehr geehrte Frau Ööbik,\n\nhttps://eperfect.example/verify?token=zwyx");
        mail.Text.ShouldContain($"{new string('a', 1200)}\n.\nFrom here on");
        mail.MessageId.ShouldEndWith("@eperfect.example");
        mail.Source.ShouldContain("Content-Type: text/plain; charset=utf-8");
        mail.Source.ShouldContain("Auto-Submitted: auto-generated");
        mail.Source.ShouldNotContain("List-");
        mail.Source.Split('\n').ShouldAllBe(line => line.Length <= 998);
        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_sent");
    }

    [Fact]
    public async Task It_is_sent_if_and_only_if_the_unit_of_work_commits()
    {
        var (done, refused) = (MailingService.NewRequest(), MailingService.NewRequest());
        foreach (var request in new[] { refused, done })
        {
            await accounts.Get<Writer>().WriteAsync(request.Subject, "accounts/test", async (work, ct) =>
            {
                await accounts.Queue.RequestAsync(work, request, ct);
                return request == done ? Decision.Nothing : AccountRefusals.Closed;
            }, Token);
        }

        await accounts.Mails.MailToAsync(done.Address);
        (await accounts.Mails.MailsToAsync(refused.Address)).ShouldBeEmpty();
        (await MailingService.EventsOfAsync(accounts.Running, refused.Subject)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("unknown", "mail_refused", "5.1.1")]
    [InlineData("spam", "mail_refused", "554")]
    [InlineData("later", "mail_attempt_failed", "4.7.1")]
    public async Task What_the_server_says_is_kept_as_a_code_without_the_address(string person, string ends, string status)
    {
        var request = MailingService.NewRequest(person);
        await accounts.Queue.RequestAsync(request, Token);

        await MailingService.EndedAsync(accounts.Running, request.Subject, ends);

        accounts.Running.Log.Lines.ShouldContain(line => line.Contains(status, StringComparison.Ordinal));
        accounts.Running.Log.Lines.ShouldNotContain(line => line.Contains(request.Address, StringComparison.Ordinal));
        (await DatabaseText.TablesWithAsync(accounts.Running.Database.Admin, $"\"{status}\"", Token))
            .ShouldContain("store.mt_events");
    }

    [Fact]
    public async Task A_mail_to_who_was_erased_meanwhile_is_dropped()
    {
        var request = MailingService.NewRequest("later");
        await accounts.Queue.RequestAsync(request, Token);
        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_attempt_failed");

        await accounts.Get<Vault>().ShredAsync(request.Subject, DataGroup.Communications, Guid.CreateVersion7(), Token);

        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_dropped");
        await Should.ThrowAsync<SubjectErasedException>(() => accounts.Queue.RequestAsync(request, Token));
    }

    [Fact]
    public async Task A_mail_to_who_has_restricted_processing_waits_until_the_restriction_ends()
    {
        var request = MailingService.NewRequest();
        var vault = accounts.Get<Vault>();
        // The restriction falls on a key that exists.
        await vault.SealAsync(request.Subject, new MailRecipient(request.Address), Token);
        await vault.RestrictAsync(request.Subject, DataGroup.Communications, order: 1, Token);
        await accounts.Queue.RequestAsync(request, Token);
        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_attempt_failed");

        await vault.LiftRestrictionAsync(request.Subject, DataGroup.Communications, order: 2, Token);

        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_sent");
    }

    [Fact]
    public async Task What_is_due_for_a_mail_that_is_no_more_ends()
    {
        var swept = Guid.CreateVersion7();

        await accounts.Running.SetDueAsync(swept, SendMail.Kind);

        await accounts.Running.NothingDueAsync(swept);
    }

    [Fact]
    public async Task A_mail_that_has_nothing_to_say_any_more_is_dropped()
    {
        var request = MailingService.NewRequest() with
        {
            Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("used", "yes"),
        };
        await accounts.Queue.RequestAsync(request, Token);

        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_dropped");
        (await accounts.Mails.MailsToAsync(request.Address)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kind_that_this_instance_does_not_know_waits_for_one_that_does()
    {
        var request = MailingService.NewRequest() with { Kind = "of-tomorrow" };
        await accounts.Queue.RequestAsync(request, Token);
        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_attempt_failed");
    }

    [Fact]
    public async Task Neither_the_address_nor_what_lets_somebody_in_rests_anywhere()
    {
        var request = MailingService.NewRequest("zwyx-mailbox");
        await accounts.Queue.RequestAsync(request, Token);
        await accounts.Mails.MailToAsync(request.Address);
        await MailingService.EndedAsync(accounts.Running, request.Subject, "mail_sent");

        foreach (var canary in new[] { "zwyx-mailbox", MailingService.Link.Secret })
        {
            (await DatabaseText.TablesWithAsync(accounts.Running.Database.Admin, canary, Token)).ShouldBeEmpty();
            accounts.Running.Log.Lines.ShouldNotContain(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("ann@canary.example")]
    [InlineData("Ann Canary")]
    [InlineData("")]
    public async Task An_argument_is_nothing_that_a_person_wrote(string value)
    {
        var request = MailingService.NewRequest() with
        {
            Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("name", value),
        };
        await Should.ThrowAsync<ArgumentException>(() => accounts.Queue.RequestAsync(request, Token));
    }
}
