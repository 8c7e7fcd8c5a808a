using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Who was given something of the person is told that it is erased, and has to say that it has deleted it.</summary>
public sealed class ErasingAtPartners(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TurnedClock clock = new();
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public async Task The_certificate_waits_until_each_of_them_has_answered_and_names_them()
    {
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        using var program = privacy.Program(partner);
        using var stranger = privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        var page = await program.PullAsync();

        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);
        var erased = await program.ToldOfErasureAsync(page);
        erased["data"]!["erasureId"]!.GetValue<Guid>().ShouldBe(erasure);
        (await stranger.PullAsync($"?after={page["next"]}")).Ids().ShouldBeEmpty("it was given nothing of the person");
        await privacy.ThereIsNoCertificateAsync(erasure, "who was told has not answered");
        (await privacy.RecipientsAsync(erasure)).ShouldHaveSingleItem()!["answeredAt"].ShouldBeNull();

        // Many times, and at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => program.AcknowledgeAsync(erased)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent);

        var certificate = await privacy.CertificateAsync(erasure, number: 1);
        var recipient = certificate.Recipients.ShouldHaveSingleItem();
        (recipient.PartnerId, recipient.Company, recipient.How).ShouldBe((partner, "Example Ltd", "by-api"));
        recipient.ToldAt.ShouldNotBeNull();
        recipient.ErasedAt!.Value.ShouldBeGreaterThanOrEqualTo(recipient.ToldAt.Value);
        certificate.IsFinal.ShouldBeTrue();
        (await privacy.EventsAsync<RecipientErased>(erasure)).Count.ShouldBe(1);
        (await privacy.DisclosuresAsync(person)).Count(line => line!["acknowledgedAt"] is not null).ShouldBe(1);
        clock.Turn(AnswerTime.Usual + TimeSpan.FromDays(1));
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("active", "it has answered");
    }

    [Fact]
    public async Task A_partner_that_is_silent_is_suspended_and_named_and_what_it_says_later_is_certified_anew()
    {
        var silent = FeedSteps.IdOf(await privacy.AgreeAsync());
        var absent = FeedSteps.IdOf(await privacy.AgreeAsync(registration: new
        {
            company = "Absent Ltd", kind = "accounting", mode = "live", erasureContact = "erasure@absent.example",
        }));
        using var program = privacy.Program(silent);
        using var other = privacy.Program(absent);
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        var page = await program.PullAsync();
        await other.PullAsync();
        var erasure = await privacy.EraseAsync(person);
        var erased = await program.ToldOfErasureAsync(page);

        // Not a moment sooner: time is up while the services have not answered yet.
        clock.Turn(AnswerTime.Usual - TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("active");
        clock.Turn(TimeSpan.FromHours(2));
        await Until.TrueAsync(
            async () => await privacy.StateOfPartnerAsync(silent) == "suspended"
                && await privacy.StateOfPartnerAsync(absent) == "suspended",
            "both are suspended");
        (await privacy.PartnerAsync($"{PartnerSteps.Registry}/{silent}"))["stopped"]!["reason"]!.ToString()
            .ShouldBe("erasure-not-acknowledged");
        (await program.GetAsync("/api/partners/feed", Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await privacy.ThereIsNoCertificateAsync(erasure, "no service has answered");

        await privacy.AllServicesAnswerAsync(erasure);
        var first = await privacy.CertificateAsync(erasure, number: 1);
        first.IsFinal.ShouldBeFalse();
        first.Recipients.ShouldAllBe(one => one.ErasedAt == null && one.OverdueAt != null);
        string LineOf(Certificate of, Guid id) => VerifyCertificate.Line(of.Recipients.Single(one => one.PartnerId == id));
        LineOf(first, silent).ShouldContain("Example Ltd: told, and HAS NOT ANSWERED by");
        LineOf(first, absent).ShouldContain("Absent Ltd: HAS NOT COME to be told by");
        (first with { IsFinal = true }).Fault().ShouldBe(
            $"it says that it is final, and {first.Recipients[0].Company} has not answered");
        (first with { Recipients = [first.Recipients[0] with { OverdueAt = null }] }).Fault()!
            .ShouldContain("has not answered, and its time was not up");

        (await program.AcknowledgeAsync(erased)).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        var second = await privacy.CertificateAsync(erasure, number: 2);
        LineOf(second, silent).ShouldContain("says that it deleted what it was given");
        second.IsFinal.ShouldBeFalse();
        (await privacy.RecordAnswerAsync(erasure, absent, "by-letter")).ShouldBe((204, ""));
        (await privacy.CertificateAsync(erasure, number: 3)).IsFinal.ShouldBeTrue();
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("suspended", "staff resumes it");
    }

    [Fact]
    public async Task Suspended_before_it_is_told_when_it_asks_and_else_the_certificate_says_that_nothing_was_delivered()
    {
        var (asking, absent) = (await privacy.AgreeAsync(), await privacy.AgreeAsync());
        using var program = privacy.Program(FeedSteps.IdOf(asking));
        using var other = privacy.Program(FeedSteps.IdOf(absent));
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        await program.PullAsync();
        await other.PullAsync();
        using var legal = privacy.Staff("legal");
        foreach (var partner in (string[])[asking, absent])
            (await legal.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);

        var erased = await Until.SomeAsync(
            async () => (await (await program.GetAsync("/api/partners/duties", Token)).JsonAsync())["events"]!.AsArray()
                .FirstOrDefault()?.AsObject(),
            "it is told when it asks");
        (await UnansweredAsync(erasure)).Count.ShouldBe(2);
        (await program.AcknowledgeAsync(erased)).EnsureSuccessStatusCode();
        var left = (await UnansweredAsync(erasure)).ShouldHaveSingleItem()!;
        left["partnerId"]!.GetValue<Guid>().ShouldBe(FeedSteps.IdOf(absent));
        left["stoppedSince"].ShouldNotBeNull("somebody has to write to it");
        clock.Turn(AnswerTime.Usual + TimeSpan.FromHours(1));

        var certificate = await privacy.CertificateAsync(erasure, number: 1);
        VerifyCertificate.Line(certificate.Recipients.Single(one => one.PartnerId == FeedSteps.IdOf(asking)))
            .ShouldContain("says that it deleted what it was given");
        VerifyCertificate.Line(certificate.Recipients.Single(one => one.PartnerId == FeedSteps.IdOf(absent)))
            .ShouldContain("WAS NOT DELIVERED TO, its agreement was suspended or over since");
        certificate.IsFinal.ShouldBeFalse();
        (await privacy.RecordAnswerAsync(erasure, FeedSteps.IdOf(absent), "by-letter")).ShouldBe((204, ""));
        (await UnansweredAsync(erasure)).ShouldBeEmpty();
        (await privacy.CertificateAsync(erasure, number: 2)).IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task One_whose_agreement_is_over_gets_no_feed_and_its_answer_is_recorded_by_hand()
    {
        var path = await privacy.AgreeAsync();
        var partner = FeedSteps.IdOf(path);
        using var program = privacy.Program(partner);
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        await program.PullAsync();
        using var legal = privacy.Staff("legal");
        (await legal.PostWithKeyAsync($"{path}/end", new { reason = "agreement-over" })).EnsureSuccessStatusCode();
        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);
        await Until.TrueAsync(async () => (await privacy.RecipientsAsync(erasure)).Count == 1, "it has to answer too");

        (await privacy.RecordAnswerAsync(erasure, partner, "by-pigeon")).ShouldBe((422, "erasure-answer-unknown"));
        (await privacy.RecordAnswerAsync(erasure, person, "by-letter")).ShouldBe((422, "erasure-recipient-unknown"));
        (await privacy.RecordAnswerAsync(person, partner, "by-letter")).ShouldBe((404, "not-found"));
        await privacy.ThereIsNoCertificateAsync(erasure, "the partner has not answered");
        for (var i = 0; i < 2; i++) (await privacy.RecordAnswerAsync(erasure, partner, "by-letter")).ShouldBe((204, ""));

        var recipient = (await privacy.CertificateAsync(erasure, number: 1)).Recipients.ShouldHaveSingleItem();
        (recipient.ToldAt, recipient.How).ShouldBe((null, "by-letter"));
    }

    [Fact]
    public async Task Killed_in_between_neither_who_has_to_answer_nor_the_entry_stands_and_the_repeat_makes_both()
    {
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        using var program = privacy.Program(partner);
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        var page = await program.PullAsync();
        // The database refuses the entry, as if the process had been killed before the commit.
        await ExecuteAsync("""
            create function store.refuse() returns trigger language plpgsql as $$ begin raise 'no' ; end $$;
            create trigger refuse before insert on store.mt_events for each row
                when (new.data ->> 'type' = 'com.eperfect.customer.erased.v1') execute function store.refuse();
            """);
        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.EventsAsync<RecipientsTold>(erasure)).ShouldBeEmpty();
        await privacy.ThereIsNoCertificateAsync(erasure, "the partner has not answered");

        await ExecuteAsync("drop trigger refuse on store.mt_events");
        var erased = await program.ToldOfErasureAsync(page);
        await program.AcknowledgeAsync(erased);
        (await privacy.CertificateAsync(erasure, number: 1)).Recipients.Count.ShouldBe(1);
        (await privacy.EventsAsync<RecipientsTold>(erasure)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_else_the_person_asked_for_ends_with_the_erasure_and_the_erasure_itself_goes_on()
    {
        var person = await privacy.ConsentingAsync();
        using var longAgo = privacy.Owner(person, signedIn: clock.GetUtcNow().AddHours(-1));
        var open = (await longAgo.PostWithKeyAsync(
            $"/api/privacy/people/{person}/requests", new { kind = "access" })).Headers.Location!.OriginalString;

        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);
        await privacy.CertificateAsync(erasure, number: 1);

        using var officer = privacy.Staff("privacy-officer");
        await Until.TrueAsync(
            async () => (string)(await (await officer.GetAsync(open, Token)).JsonAsync())["state"]! == "refused", "it ends");
    }

    [Fact]
    public void An_answer_and_the_end_of_patience_at_once_leave_one_of_them()
    {
        var answered = Told.Apply(new RecipientErased(GivenPartners.PartnerId, "by-api", Given.Now));
        SuspendMuteRecipient.Decide(answered, GivenPartners.Active, Given.Now, Given.Now).ShouldBe(Decision.Nothing);
        var overdue = Told.Apply(new RecipientOverdue(GivenPartners.PartnerId, Given.Now));
        SuspendMuteRecipient.Decide(overdue, GivenPartners.Active, Given.Now, Given.Now).ShouldBe(Decision.Nothing);
        TakeAnswer.Decide(overdue, GivenPartners.PartnerId, "by-api", Given.Now).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<RecipientErased>();
        TakeAnswer.Decide(answered, GivenPartners.PartnerId, "by-api", Given.Now).ShouldBe(Decision.Nothing);
        TakeAnswer.Decide(Told, Guid.CreateVersion7(), "by-api", Given.Now).ShouldBe(Decision.Nothing);
        TellRecipients.Decide(Told, [], Given.Now, Given.Now).ShouldBe(Decision.Nothing, "it is known who was told");
    }

    [Fact, Control("S11", "S13")]
    public void Nobody_is_certified_as_not_delivered_to_that_could_have_come_for_it()
    {
        StoppedSince(Given.Now.AddDays(-1)).ShouldBe(Given.Now.AddDays(-1));
        StoppedSince(Given.Now.AddDays(13)).ShouldBeNull("suspended for the erasure of another");
        var suspended = GivenPartners.Active.Apply(
            new JasperFx.Events.Event<PartnerSuspended>(new(StopReason.Security, Given.Now)));
        var ended = new AgreementEnded(StopReason.AgreementOver, Given.Now.AddDays(8));
        suspended.Apply(new JasperFx.Events.Event<AgreementEnded>(ended)).StoppedSince
            .ShouldBe(Given.Now, "since it was suspended, not since it ended");

        DateTimeOffset? StoppedSince(DateTimeOffset since)
        {
            var stopped = GivenPartners.Active with { Suspended = new(StopReason.Security, 7, since) };
            return SuspendMuteRecipient.Decide(Told, stopped, Given.Now.AddDays(29), Given.Now.AddDays(14))
                .Events[0].ShouldBeOfType<RecipientOverdue>().StoppedSince;
        }
    }

    private static readonly ErasureOfPerson Told = ErasureOfPerson
        .Create(new Privacy.Requests.Erasure.ErasureOrdered(Guid.CreateVersion7(), null, Guid.CreateVersion7(), Given.Now))
        .Apply(new RecipientsTold([new(GivenPartners.PartnerId, "Example Ltd")], Given.Now.AddDays(14), Given.Now));

    private async Task<JsonArray> UnansweredAsync(Guid erasure)
    {
        using var officer = privacy.Staff("privacy-officer");
        var list = await (await officer.GetAsync("/api/privacy/erasures/unanswered?limit=100", Token)).JsonAsync();
        return list["items"]!.AsArray().FirstOrDefault(line => line!["erasureId"]!.GetValue<Guid>() == erasure)
            ?["recipients"]!.AsArray() ?? [];
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var command = privacy.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }
}
