using System.Text.Json.Nodes;
using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Requests.Rectification.Reactions;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

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
        var (silent, absent, prompt) = (await PartnerAsync(), await PartnerAsync(), await PartnerAsync());
        using var program = privacy.Program(prompt);
        using var mute = privacy.Program(silent);
        var person = await ToldOfAsync(silent, absent, prompt);
        await CorrectAsync(person, 2);
        foreach (var one in (HttpClient[])[program, mute])
        {
            var heard = await CorrectionAsync(one);
            if (one == program) (await one.AcknowledgeAsync(heard)).EnsureSuccessStatusCode();
        }

        clock.Turn(SettleRectification.Patience - TimeSpan.FromHours(1));
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("active", "not a moment sooner");
        clock.Turn(TimeSpan.FromHours(2));

        await SettledAsync(person, 1);
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
        var partner = await PartnerAsync();
        using var program = privacy.Program(partner);
        var person = await ToldOfAsync(partner);
        await CorrectAsync(person, 2);
        (await program.AcknowledgeAsync(await CorrectionAsync(program))).EnsureSuccessStatusCode();
        clock.Turn(TimeSpan.FromDays(7));
        await CorrectAsync(person, 2);
        await CorrectAsync(person, 3);

        clock.Turn(TimeSpan.FromDays(8));
        await SettledAsync(person, 1);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("active");
        clock.Turn(TimeSpan.FromDays(7));
        await SettledAsync(person, 2);
        (await privacy.StateOfPartnerAsync(partner)).ShouldBe("suspended");
    }

    [Fact]
    public void Settled_by_two_at_once_it_is_settled_once_and_who_was_told_by_hand_or_has_to_delete_all_owes_nothing()
    {
        var rectified = new DataRectified(Guid.CreateVersion7(), Given.AccountId, "accounts", ["name"], Given.Now, Given.Now);
        var known = new Rectifications().Apply(rectified);
        var entry = RecordRectification.EntryOf(rectified).EntryId;
        PartnerTelling[] told = [new(entry, GivenPartners.PartnerId, "pull", Given.Now, null)];

        var settled = SettleRectification.Decide(known, rectified, told, person: null, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<RectificationSettled>();
        settled.Silent.ShouldBe([GivenPartners.PartnerId]);
        SettleRectification.Decide(known.Apply(settled), rectified, told, person: null, Given.Now).ShouldBe(Decision.Nothing);

        var byHand = known.Apply(
            new RecipientTold(rectified.RectificationId, GivenPartners.PartnerId, "disproportionate", Given.Now));
        SettleRectification.Decide(byHand, rectified, told, person: null, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<RectificationSettled>().Silent.ShouldBeEmpty();
        var erased = new Person { Erasing = new(Guid.CreateVersion7(), Given.Now) };
        SettleRectification.Decide(known, rectified, told, erased, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<RectificationSettled>().Silent.ShouldBeEmpty();
    }

    private async Task<Guid> PartnerAsync() => FeedSteps.IdOf(await privacy.AgreeAsync());

    /// <summary>Somebody of whom these were told.</summary>
    private async Task<Guid> ToldOfAsync(params IReadOnlyList<Guid> partners)
    {
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        foreach (var partner in partners)
        {
            using var program = privacy.Program(partner);
            (await program.PullAsync()).Ids().ShouldNotBeEmpty();
        }

        return person;
    }

    private Task<Decision> CorrectAsync(Guid person, long version)
    {
        var reaction = new ProfileChangedReaction(clock);
        var message = new ProfileChanged(person, clock.GetUtcNow(), version, ["name"]);
        return privacy.Services.GetRequiredService<Writer>().WriteAsync(
            reaction.StreamOf(message),
            "test",
            async (work, token) =>
            {
                await reaction.ReactAsync(work, message, token);
                return Decision.Nothing;
            },
            Token);
    }

    private static async Task<JsonObject> CorrectionAsync(HttpClient program)
    {
        JsonObject? found = null;
        await Until.TrueAsync(async () => (found = await TakenOrNullAsync(program)) is not null, "it hears of the correction");
        return found!;
    }

    private static async Task<JsonObject> TakenAsync(HttpClient program) => (await TakenOrNullAsync(program))!;

    private static async Task<JsonObject?> TakenOrNullAsync(HttpClient program) => (await program.PullAsync())["events"]!
        .AsArray().Select(e => e!.AsObject()).FirstOrDefault(e => (string)e["type"]! == CustomerRectifiedData.EventType);

    private Task SettledAsync(Guid person, int times) => Until.TrueAsync(
        async () => (await privacy.EventsAsync<RectificationSettled>(Rectifications.StreamOf(person))).Count == times,
        $"{times} settled");
}
