using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>An operator stops webhooks: partners hear nothing, miss nothing, and nothing is held against them.</summary>
public sealed class HoldingWebhooksBack(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_on_one_instance_no_instance_posts_after_a_second_and_resumed_each_event_is_posted_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var one = await WebhookService.StartAsync(postgres);
        await using var two = await WebhookService.StartAsync(postgres, one.Database);
        using var program = await one.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var person = await one.ConsentingAsync();
        var flowing = await one.OrderedAsync(person, 20);
        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count > 2), "events are posted");

        await SwitchAsync(two, "stop");
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        var got = receiver.Got.Count;
        var waiting = await one.OrderedAsync(person, 20);
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);
        receiver.Got.Count.ShouldBe(got);

        await SwitchAsync(one, "resume");
        await receiver.HasGotAsync([.. flowing, .. waiting]);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        receiver.Ids.ShouldBe([.. flowing, .. waiting]);
    }

    private static async Task SwitchAsync(TestService privacy, string what)
    {
        using var staff = privacy.As(privacy.Issuer.Token(staff: ["operator"]));
        (await staff.PostWithKeyAsync($"/operations/effects/webhook/{what}", new { reason = "incident:wrong-data" }))
            .EnsureSuccessStatusCode();
    }
}
