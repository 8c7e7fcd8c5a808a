using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Who was given the old value has to say that it uses it no more.</summary>
public sealed class AnsweringCorrections(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TurnedClock clock = new();
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact, Control("S11", "S13")]
    public async Task Who_does_not_answer_in_time_is_suspended_and_who_answered_goes_on()
    {
        var (silent, absent, prompt) = (await privacy.AgreedAsync(), await privacy.AgreedAsync(), await privacy.AgreedAsync());
        using var program = privacy.Program(prompt);
        using var mute = privacy.Program(silent);
        var person = await privacy.ToldOfAsync(silent, absent, prompt);
        await privacy.CorrectAsync(person, 2, clock);
        foreach (var one in (HttpClient[])[program, mute])
        {
            var heard = await CorrectionAsync(one);
            if (one == program) (await one.AcknowledgeAsync(heard)).EnsureSuccessStatusCode();
        }

        clock.Turn(SettleRectification.Patience - TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("active", "not a moment sooner");
        clock.Turn(TimeSpan.FromHours(2));

        await privacy.SettledAsync(person, 1);
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("suspended", "it was told, and said nothing");
        (await privacy.StateOfPartnerAsync(absent)).ShouldBe("suspended", "it never came to be told");
        (await privacy.StateOfPartnerAsync(prompt)).ShouldBe("active");
        (await privacy.PartnerAsync($"{PartnerSteps.Registry}/{silent}"))["stopped"]!["reason"]!.ToString()
            .ShouldBe("correction-not-acknowledged");

        // Late, it is written down all the same; staff resumes it.
        (await mute.AcknowledgeAsync(await TakenAsync(program))).EnsureSuccessStatusCode();
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("suspended");
    }

    [Fact]
    public async Task Each_correction_has_its_own_time_and_told_twice_it_has_one()
    {
        var partner = await privacy.AgreedAsync();
        using var program = privacy.Program(partner);
        var person = await privacy.ToldOfAsync(partner);
        await privacy.CorrectAsync(person, 2, clock);
        (await program.AcknowledgeAsync(await CorrectionAsync(program))).EnsureSuccessStatusCode();
        clock.Turn(TimeSpan.FromDays(7));
        await privacy.CorrectAsync(person, 2, clock);
        await privacy.CorrectAsync(person, 3, clock);

        clock.Turn(TimeSpan.FromDays(8));
        await privacy.SettledAsync(person, 1);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("active");
        clock.Turn(TimeSpan.FromDays(7));
        await privacy.SettledAsync(person, 2);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("suspended");
    }

    [Fact]
    public void Settled_by_two_at_once_it_is_settled_once_and_who_was_told_by_hand_or_has_to_delete_all_owes_nothing()
    {
        var settled = Settled(Known, Told(at: Recorded), GivenPartners.Active, Recorded + SettleRectification.Patience);
        settled.Silent.ShouldBe([GivenPartners.PartnerId]);
        settled.IsAnswered.ShouldBeFalse();
        settled.RestBy.ShouldBeNull();
        Decide(Known.Apply(settled), Told(at: Recorded), GivenPartners.Active, settled.SettledAt).ShouldBe(Decision.Nothing);

        var byHand = Known.Apply(
            new RecipientTold(Rectified.RectificationId, GivenPartners.PartnerId, "disproportionate", Recorded));
        Settled(byHand, Told(at: Recorded), GivenPartners.Active, settled.SettledAt).ShouldSatisfyAllConditions(
            each => each.Silent.ShouldBeEmpty(), each => each.IsAnswered.ShouldBeTrue());
        var erased = new Person { Erasing = new(Guid.CreateVersion7(), Recorded) };
        Settled(Known, Told(at: Recorded), GivenPartners.Active, settled.SettledAt, erased).Silent.ShouldBeEmpty();
    }

    [Fact]
    public void Each_has_the_whole_time_from_when_it_could_hear_of_it()
    {
        var (late, over) = (Recorded.AddDays(13), Recorded + SettleRectification.Patience);
        var resumed = GivenPartners.Active with { DeliveredSince = late };
        var suspended = GivenPartners.Active with { Suspended = new(StopReason.Security, 7, Recorded) };

        Rest(Told(at: late), GivenPartners.Active).ShouldBe(late + SettleRectification.Patience, "it took it that late");
        Rest(Told(at: null, given: late), GivenPartners.Active).ShouldBe(late + SettleRectification.Patience, "so did it");
        Rest(Told(at: null), resumed).ShouldBe(late + SettleRectification.Patience, "nothing was delivered to it before");
        Rest(Told(at: null), suspended).ShouldBe(over + SettleRectification.Patience, "nothing is delivered to it");
        var ended = GivenPartners.Active with { Ended = new(StopReason.AgreementOver, 7, late) };
        Settled(Known, Told(at: null), ended, over).ShouldSatisfyAllConditions(
            settled => settled.Silent.ShouldBeEmpty(),
            settled => settled.RestBy.ShouldBeNull("there is nobody to suspend"),
            settled => settled.IsAnswered.ShouldBeFalse("it is to be written to"));

        // Looked at again, who is silent then is suspended; who was, and was resumed by staff, is not suspended for it twice.
        var waiting = Known.Apply(Settled(Known, Told(at: late), GivenPartners.Active, over));
        var silent = Settled(waiting, Told(at: late), GivenPartners.Active, late + SettleRectification.Patience);
        silent.Silent.ShouldBe([GivenPartners.PartnerId]);
        silent.RestBy.ShouldBeNull();
        var resumedSince = Known.Apply(silent with { RestBy = late });
        Settled(resumedSince, Told(at: late), GivenPartners.Active, late.AddYears(1)).Silent.ShouldBeEmpty();

        DateTimeOffset? Rest(PartnerTelling telling, Partner partner)
        {
            var settled = Settled(Known, telling, partner, over);
            settled.Silent.ShouldBeEmpty();
            return settled.RestBy;
        }
    }

    private static readonly DateTimeOffset Recorded = Given.Now;

    private static readonly DataRectified Rectified = new(
        Guid.CreateVersion7(), Given.AccountId, "accounts", ["name"], Recorded, Recorded + SettleRectification.Patience);

    private static readonly Rectifications Known = new Rectifications().Apply(Rectified);

    private static PartnerTelling Told(DateTimeOffset? at, DateTimeOffset? given = null) => new(
        RecordRectification.EntryOf(Rectified).EntryId, GivenPartners.PartnerId, given ?? Recorded.AddDays(-1), "pull", at, null);

    private static RectificationSettled Settled(
        Rectifications known, PartnerTelling told, Partner partner, DateTimeOffset now, Person? person = null) =>
        Decide(known, told, partner, now, person).Events.ShouldHaveSingleItem().ShouldBeOfType<RectificationSettled>();

    private static Decision Decide(
        Rectifications known, PartnerTelling told, Partner partner, DateTimeOffset now, Person? person = null) =>
        SettleRectification.Decide(known, Rectified, [told], [partner], person, now);

    private static async Task<JsonObject> CorrectionAsync(HttpClient program)
    {
        JsonObject? found = null;
        await Until.TrueAsync(async () => (found = await TakenOrNullAsync(program)) is not null, "it hears of the correction");
        return found!;
    }

    private static async Task<JsonObject> TakenAsync(HttpClient program) => (await TakenOrNullAsync(program))!;

    private static async Task<JsonObject?> TakenOrNullAsync(HttpClient program) => (await program.PullAsync())["events"]!
        .AsArray().Select(e => e!.AsObject()).FirstOrDefault(e => (string)e["type"]! == CustomerRectifiedData.EventType);
}
