using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>How long a partner has to say that it deleted what it was given.</summary>
public sealed class DaysOfAnErasure(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TurnedClock clock = new();
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public void Who_was_resumed_has_the_whole_time_from_then_as_long_as_the_law_waits_for_the_certificate()
    {
        var told = ErasureOfPerson
            .Create(new Privacy.Requests.Erasure.ErasureOrdered(Guid.CreateVersion7(), null, Guid.CreateVersion7(), Day(0)))
            .Apply(new RecipientsTold([new(GivenPartners.PartnerId, "Example Ltd")], Day(14), Day(0)));
        More(resumed: 10, now: 14, latest: 30).ShouldBe(Day(24));
        More(resumed: 13, now: 14, latest: 90).ShouldBe(Day(27));
        More(resumed: 13, now: 14, latest: 19).ShouldBe(Day(19));
        More(resumed: 13, now: 14, latest: 14).ShouldBeNull("the person is answered then");
        More(resumed: 10, now: 24, latest: 30).ShouldBeNull("it had the whole time");
        More(resumed: 0, now: 14, latest: 30).ShouldBeNull("it was never stopped");
        More(resumed: 29, now: 30, latest: 30).ShouldBeNull("resumed again and again");

        DateTimeOffset? More(int resumed, int now, int latest) => SuspendMuteRecipient
            .Decide(told, GivenPartners.Active with { DeliveredSince = Day(resumed) }, Day(latest), Day(now))
            .Events.OfType<RecipientGivenTime>().SingleOrDefault()?.AnswerBy;
    }

    [Fact]
    public void Begun_late_the_certificate_waits_as_long_as_the_law_does_and_nobody_has_less_than_three_days()
    {
        AnswerTime.OfTold(Day(0), latest: Day(30)).ShouldBe(Day(14));
        AnswerTime.OfTold(Day(0), latest: Day(9)).ShouldBe(Day(9));
        AnswerTime.OfTold(Day(0), latest: Day(1)).ShouldBe(Day(3));
        AnswerTime.OfTold(Day(0), latest: Day(-20)).ShouldBe(Day(3), "the request is overdue");
    }

    [Fact]
    public async Task Verified_when_the_month_is_half_over_the_partner_hears_by_when_it_has_to_answer()
    {
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        using var program = privacy.Program(partner);
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        var page = await program.PullAsync();
        clock.Turn(TimeSpan.FromDays(-20));
        using var longAgo = privacy.Owner(person, signedIn: clock.GetUtcNow().AddHours(-1));
        var filed = await longAgo.PostWithKeyAsync($"/api/privacy/people/{person}/requests", new { kind = "erasure" });
        var answerBy = (await filed.JsonAsync())["answerBy"]!.GetValue<DateTimeOffset>();
        clock.Turn(TimeSpan.FromDays(20));

        using var owner = privacy.Owner(person, signedIn: clock.GetUtcNow());
        (await owner.PostWithKeyAsync($"{filed.Headers.Location}/verification", new { })).EnsureSuccessStatusCode();

        var erased = await program.ToldOfErasureAsync(page);
        erased["data"]!["answerBy"]!.GetValue<DateTimeOffset>().ShouldBe(answerBy.AddDays(-1));
        var told = (await privacy.EventsAsync<RecipientsTold>(erased["data"]!["erasureId"]!.GetValue<Guid>())).Single();
        told.AnswerBy.ShouldBe(answerBy.AddDays(-1));
    }

    [Fact]
    public async Task Resumed_shortly_before_the_end_it_is_given_time_and_the_certificate_waits_for_its_answer()
    {
        var path = await privacy.AgreeAsync();
        var partner = FeedSteps.IdOf(path);
        using var program = privacy.Program(partner);
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        var page = await program.PullAsync();
        using var legal = privacy.Staff("legal");
        (await legal.PostWithKeyAsync($"{path}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        var erasure = await privacy.EraseAsync(person);
        await privacy.AllServicesAnswerAsync(erasure);
        await Until.TrueAsync(async () => (await privacy.RecipientsAsync(erasure)).Count == 1, "it has to answer");
        clock.Turn(AnswerTime.Usual - TimeSpan.FromDays(1));
        (await legal.DeleteAsync($"{path}/suspension", Token)).EnsureSuccessStatusCode();

        clock.Turn(TimeSpan.FromDays(2));

        await Until.TrueAsync(
            async () => (await privacy.EventsAsync<RecipientGivenTime>(erasure)).Count == 1, "it is given the rest");
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("active");
        await privacy.ThereIsNoCertificateAsync(erasure, "its time is not over");
        (await program.AcknowledgeAsync(await program.ToldOfErasureAsync(page))).EnsureSuccessStatusCode();
        (await privacy.CertificateAsync(erasure, number: 1)).Recipients.Single().ErasedAt.ShouldNotBeNull();
        clock.Turn(AnswerTime.Usual);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("active", "it has answered");
    }

    private static DateTimeOffset Day(int day) => Given.Now.AddDays(day);
}
