using System.Collections.Immutable;
using EPerfect.Accounts.Mail;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Tests.Mail;

public sealed class RecordingADelivery
{
    private static readonly OutgoingMail Waiting = new(
        Given.Id, "any", Given.Id, Given.Envelope<MailRecipient>(), ImmutableSortedDictionary<string, string>.Empty, Given.Now,
        Attempts: 0, HasEnded: false);

    [Fact]
    public void What_the_server_took_is_sent() =>
        Record(Waiting, new Delivery.Accepted()).ShouldBe(Decision.Of(new MailSent(Given.Now)));

    [Fact]
    public void What_it_will_never_take_is_not_tried_again() =>
        Record(Waiting, new Delivery.Refused("5.1.1")).ShouldBe(Decision.Of(new MailRefused("5.1.1", Given.Now)));

    [Fact]
    public void Who_is_not_there_any_more_gets_no_mail() =>
        Record(Waiting, new Delivery.Dropped("erased")).ShouldBe(Decision.Of(new MailDropped("erased", Given.Now)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(12, 600)]
    [InlineData(4000, 600)]
    public void What_was_not_answered_is_tried_again_after_twice_as_long(int before, int seconds) =>
        Record(Waiting with { Attempts = before }, new Delivery.Unanswered("timeout")).ShouldBe(Decision.Of(
            new MailAttemptFailed(before + 1, "timeout", Given.Now.AddSeconds(seconds), Given.Now)));

    [Fact]
    public void After_two_days_nobody_wants_it_any_more() =>
        OutgoingMail.Record(Waiting, new Delivery.Unanswered("timeout"), Given.Now.AddDays(2))
            .ShouldBe(Decision.Of(new MailDropped("too-late", Given.Now.AddDays(2))));

    [Fact]
    public void Of_two_who_send_at_once_one_records_it() =>
        Record(Waiting.Apply(new MailSent(Given.Now)), new Delivery.Accepted()).ShouldBe(Decision.Nothing);

    [Theory]
    [InlineData(null, "starttls", "Mail:Host")]
    [InlineData("10.0.0.25", "none", "Mail:Security is none only to a server on this machine")]
    [InlineData("mail.example", "none", "Mail:Security is none only to a server on this machine")]
    [InlineData("mail.example", "ssl", "Mail:Security is starttls, tls or none")]
    public void Settings_that_would_lose_mails_or_show_them_stop_the_start(string? host, string security, string fault) =>
        new MailSettings { Host = host, Security = security }.Check(mayLack: false).ShouldStartWith(fault);

    [Theory]
    [InlineData("mail.example", "starttls")]
    [InlineData("10.0.0.25", "tls")]
    [InlineData("127.0.0.1", "none")]
    [InlineData("::1", "none")]
    [InlineData("localhost", "none")]
    public void Other_settings_do_not(string host, string security) =>
        new MailSettings { Host = host, Security = security }.Check(mayLack: false).ShouldBeNull();

    [Fact]
    public void Authorities_that_cannot_be_read_stop_the_start() =>
        new MailSettings { Host = "mail.example", Authorities = "/nowhere/authorities.pem" }.Check(mayLack: false)
            .ShouldBe("Mail:Authorities is no file that can be read.");

    private static Decision Record(OutgoingMail mail, Delivery delivery) => OutgoingMail.Record(mail, delivery, Given.Now);
}
