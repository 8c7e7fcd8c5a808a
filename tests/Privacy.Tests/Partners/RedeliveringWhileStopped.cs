using System.Net;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What a partner wants once more is refused clearly while deliveries stand still, and never dropped.</summary>
public sealed class RedeliveringWhileStopped(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_for_while_suspended_it_is_refused_and_asked_for_before_it_is_sent_when_deliveries_go_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var privacy = await WebhookService.StartAsync(postgres);
        var partner = await privacy.AgreeAsync();
        using var program = privacy.Program(FeedSteps.IdOf(partner));
        await program.TakesAsync(receiver);
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync());
        await receiver.HasGotAsync([ordered.EntryId]);
        using var operators = privacy.Staff("operator");
        using var officer = privacy.Staff("privacy-officer");

        // Held, so that it is not sent before deliveries stop.
        await SwitchAsync(operators, "stop");
        (await RedeliverAsync(program, ordered.EntryId)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await officer.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await SwitchAsync(operators, "resume");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);

        receiver.Ids.ShouldBe([ordered.EntryId], "deliveries stand still");
        var refused = await RedeliverAsync(program, ordered.EntryId);
        (refused.StatusCode, await refused.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "deliveries-stopped"));
        ((string)(await program.WebhookAsync())["state"]!).ShouldBe("stopped");

        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();
        await Until.TrueAsync(() => Task.FromResult(receiver.Ids.Count(id => id == ordered.EntryId) == 2), "it is sent again");
        ((string)(await program.WebhookAsync())["state"]!).ShouldBe("active");
    }

    private static Task<HttpResponseMessage> RedeliverAsync(HttpClient program, Guid entry) =>
        program.PostWithKeyAsync($"{WebhookSteps.Webhook}/redeliveries", new { eventId = entry });

    private static async Task SwitchAsync(HttpClient operators, string what) => (await operators.PostWithKeyAsync(
        $"/operations/effects/webhook/{what}", new { reason = "incident:wrong-data" })).EnsureSuccessStatusCode();
}
