using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Who repairs its webhook does not wait for what the broken one has earned.</summary>
public sealed class MovingWebhooks(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_address_is_tried_at_once_and_has_failed_at_nothing()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var broken = await WebhookReceiver.StartAsync();
        await using var repaired = await WebhookReceiver.StartAsync();
        broken.Answer = (context, _) => WebhookReceiver.Status(context, 500);
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(broken);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync(), 2);
        await program.HasFailedAsync();
        clock.Turn(TimeSpan.FromMinutes(1));
        await program.HasFailedAsync(2);

        (await program.PutAsync(WebhookSteps.Webhook, new { url = repaired.Url })).EnsureSuccessStatusCode();

        await repaired.HasGotAsync(ordered);
        await Until.TrueAsync(async () => await IsFreshAsync(program), "nothing failed");
    }

    [Fact]
    public async Task A_replay_from_where_it_is_does_not_wait_for_the_next_attempt()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        var works = false;
        receiver.Answer = (context, _) => WebhookReceiver.Status(context, works ? 204 : 503);
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync(), 2);
        await program.HasFailedAsync();
        clock.Turn(TimeSpan.FromMinutes(1));
        await program.HasFailedAsync(2);
        works = true;

        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { })).EnsureSuccessStatusCode();

        await receiver.HasGotAsync(ordered);
        await Until.TrueAsync(async () => await IsFreshAsync(program), "nothing failed");
    }

    [Theory]
    [InlineData(410)]
    [InlineData(500)]
    public async Task What_the_old_address_answers_late_does_nothing_to_the_new_one(int answer)
    {
        await using var privacy = await WebhookService.StartAsync(postgres);
        await using var old = await WebhookReceiver.StartAsync();
        await using var next = await WebhookReceiver.StartAsync();
        var moved = new TaskCompletionSource();
        var wasAsked = new TaskCompletionSource();
        var first = true;
        old.Answer = async (context, _) =>
        {
            if (!first)
            {
                wasAsked.TrySetResult();
                await moved.Task;
            }

            await WebhookReceiver.Status(context, first ? 503 : answer);
            first = false;
        };
        using var program = await privacy.PartnerProgramAsync();
        await program.TakesAsync(old);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync());
        // It failed before: the next pause would be minutes.
        await wasAsked.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        (await program.PutAsync(WebhookSteps.Webhook, new { url = next.Url })).EnsureSuccessStatusCode();
        moved.SetResult();

        await next.HasGotAsync([ordered.EntryId]);
        await program.IsAsync("active");
        await Until.TrueAsync(async () => await IsFreshAsync(program), "nothing failed");
    }

    [Fact]
    public async Task Set_again_after_a_removal_it_goes_on_where_it_was_or_with_the_oldest_that_is_kept()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await privacy.PartnerProgramAsync();
        var person = await privacy.ConsentingAsync();
        await program.TakesAsync(receiver);
        var first = await privacy.OrderedAsync(person);
        await receiver.HasGotAsync([first.EntryId]);
        (await program.DeleteAsync(WebhookSteps.Webhook, Token)).EnsureSuccessStatusCode();
        var kept = await privacy.OrderedAsync(person);
        await program.TakesAsync(receiver);
        await receiver.HasGotAsync([kept.EntryId]);
        (await program.DeleteAsync(WebhookSteps.Webhook, Token)).EnsureSuccessStatusCode();
        await privacy.OrderedAsync(person);
        clock.Turn(TimeSpan.FromDays(31));

        await program.TakesAsync(receiver);
        var last = await privacy.OrderedAsync(person);

        await receiver.HasGotAsync([last.EntryId]);
        receiver.Ids.ShouldBe([first.EntryId, kept.EntryId, last.EntryId]);
    }

    private static async Task<bool> IsFreshAsync(HttpClient program)
    {
        var webhook = await program.WebhookAsync();
        return ((int)webhook["failures"]!, webhook["failingSince"], webhook["nextAttemptAt"]) == (0, null, null);
    }
}
