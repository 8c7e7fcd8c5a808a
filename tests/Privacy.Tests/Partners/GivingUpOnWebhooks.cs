using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using EPerfect.Privacy.Partners.Webhooks;
using EPerfect.Privacy.Partners.Webhooks.Posting;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What is not accepted is posted again for three days; after that nothing is, until the partner says so.</summary>
public sealed class GivingUpOnWebhooks(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Pauses_grow_from_seconds_to_a_day_and_end_after_three()
    {
        var pauses = Pauses(asked: null, jitter: 0);

        pauses[..8].ShouldBe(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
            TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        ]);
        pauses.Count.ShouldBe(9);
        TimeSpan.FromTicks(pauses.Sum(pause => pause.Ticks)).ShouldBe(RetrySchedule.Patience);
    }

    [Fact]
    public void Whatever_the_receiver_asks_for_it_is_neither_hammered_nor_awaited_for_ever() => Gen.Select(
        Gen.Long[-10_000_000, 10_000_000], Gen.Int[0, 50], Gen.Double.Unit).Sample((seconds, failures, jitter) =>
    {
        var pause = RetrySchedule.Next(failures, TimeSpan.Zero, TimeSpan.FromSeconds(seconds), jitter)!.Value;
        pause.ShouldBeInRange(TimeSpan.FromSeconds(1), Day);
    });

    [Fact]
    public void With_any_jitter_it_ends_after_three_days_exactly() => Gen.Double.Unit.Sample(jitter =>
        TimeSpan.FromTicks(Pauses(asked: null, jitter).Sum(pause => pause.Ticks)).ShouldBe(RetrySchedule.Patience));

    [Fact]
    public void What_is_not_active_is_not_disabled()
    {
        var set = Webhook.Create(new WebhookSet(Given.AccountId, "https://partner.example/", [], Given.Now));
        var active = set.Apply(new WebhookSecretMade(Given.AccountId, "s1.1.AQID", Given.Now, Given.Now));

        Disable(null, DisabledReason.Gone).Events.ShouldBeEmpty();
        Disable(set, DisabledReason.Gone).Events.ShouldBeEmpty();
        Disable(active, DisabledReason.Failing).Events.ShouldHaveSingleItem()
            .ShouldBe(new WebhookDisabled(DisabledReason.Failing, Given.Now));
        Disable(active.Apply(new WebhookDisabled(DisabledReason.Gone, Given.Now)), DisabledReason.Gone).Events.ShouldBeEmpty();
        var moved = active.Apply(new WebhookSet(Given.AccountId, "https://partner.example/new", [], Given.Now));
        Disable(moved, DisabledReason.Gone).Events.ShouldBeEmpty("the old address answered");

        static Decision Disable(Webhook? webhook, DisabledReason reason) =>
            DisableWebhook.Decide(webhook, "https://partner.example/", reason, Given.Now);
    }

    [Fact]
    public async Task After_three_days_it_is_disabled_and_resumed_it_has_missed_nothing()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        var works = false;
        receiver.Answer = (context, _) => WebhookReceiver.Status(context, works ? 200 : 500);
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);

        await program.HasFailedAsync();
        (TimeSpan, int)[] turns = [(TimeSpan.FromMinutes(1), 2), (TimeSpan.FromMinutes(10), 3), (Day, 4), (Day, 5)];
        foreach (var (turn, failures) in turns)
        {
            clock.Turn(turn);
            await program.HasFailedAsync(failures);
        }

        clock.Turn(Day + Day);
        await program.IsAsync("disabled");
        ((string)(await program.WebhookAsync())["disabled"]!["reason"]!).ShouldBe("failing");
        ((string)(await StatusAsync(program))["webhookDisabled"]!["reason"]!).ShouldBe("failing");
        receiver.Ids.Distinct().ShouldBe([ordered[0]]);
        var lag = await (await program.GetAsync("/api/partners/lag", Token)).JsonAsync();
        ((bool)lag["ways"]![0]!["isOn"]!, (long)lag["ways"]![0]!["waiting"]! >= 3).ShouldBe((false, true));

        works = true;
        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { })).EnsureSuccessStatusCode();
        await receiver.HasGotAsync(ordered);
        receiver.Ids.Distinct().Take(3).ShouldBe(ordered);
        (await StatusAsync(program))["webhookDisabled"].ShouldBeNull("it goes on");
    }

    [Fact]
    public async Task What_is_not_kept_any_more_is_not_passed_over_in_silence()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (context, _) => WebhookReceiver.Status(context, 410);
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var lost = await privacy.OrderedAsync(await privacy.ConsentingAsync());
        await program.IsAsync("disabled");
        clock.Turn(31 * Day);
        receiver.Answer = (context, _) => WebhookReceiver.Status(context, 204);

        var resumed = await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { });
        resumed.StatusCode.ShouldBe(HttpStatusCode.Gone);
        var oldest = (long)(await resumed.JsonAsync())["oldest"]!;
        var replayed = await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { after = oldest });
        ((int)replayed.StatusCode).ShouldBe(204, await replayed.Content.ReadAsStringAsync(Token));

        var next = await privacy.OrderedAsync(await privacy.ConsentingAsync());
        await receiver.HasGotAsync([next.EntryId]);
        receiver.Ids.ShouldBe([lost.EntryId, next.EntryId]);
    }

    [Fact, Control("M11")]
    public async Task The_log_is_kept_for_thirty_days_and_what_was_removed_is_counted()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        await privacy.OrderedAsync(await privacy.ConsentingAsync(), 2);
        await Until.TrueAsync(async () => (await program.AttemptsAsync()).Count == 2, "the log has them");
        clock.Turn(29 * Day);
        await privacy.OrderedAsync(await privacy.ConsentingAsync());
        await Until.TrueAsync(async () => (await program.AttemptsAsync()).Count == 3, "the log has the third");
        clock.Turn(2 * Day);

        await privacy.Services.GetRequiredService<RetentionSweeper>().RunAsync(Token);

        (await program.AttemptsAsync()).Count.ShouldBe(1);
        (await privacy.RemovedByAsync(WebhookAttempts.Retention.Rule))!.Removed.ShouldBe(2);
    }

    [Fact]
    public async Task A_day_after_it_was_replaced_a_secret_signs_no_more()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await privacy.PartnerProgramAsync();
        var old = await program.TakesAsync(receiver);
        var next = await program.MakeSecretAsync();
        clock.Turn(Day);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync());

        await receiver.HasGotAsync([ordered.EntryId]);

        var posted = receiver.Got.ShouldHaveSingleItem();
        (posted.IsSignedWith(old), posted.IsSignedWith(next)).ShouldBe((false, true));
    }

    private static async Task<JsonObject> StatusAsync(HttpClient program) =>
        await (await program.GetAsync("/api/partners/agreement", Token)).JsonAsync();

    private static List<TimeSpan> Pauses(TimeSpan? asked, double jitter)
    {
        var (pauses, failing) = (new List<TimeSpan>(), TimeSpan.Zero);
        while (RetrySchedule.Next(pauses.Count, failing, asked, jitter) is { } pause)
        {
            pauses.Add(pause);
            failing += pause;
        }

        return pauses;
    }
}
