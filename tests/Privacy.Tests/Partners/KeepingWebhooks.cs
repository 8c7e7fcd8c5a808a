using System.Net;
using EPerfect.Contracts.Partners;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner looks after its webhook by itself: secrets, log, replay.</summary>
public sealed class KeepingWebhooks(WebhookService service) : IClassFixture<WebhookService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact]
    public async Task Nothing_is_posted_before_there_is_a_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        (await program.PutAsync(WebhookSteps.Webhook, new { url = receiver.Url })).EnsureSuccessStatusCode();
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());
        ((string)(await program.WebhookAsync())["state"]!).ShouldBe("without-secret");
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        receiver.Got.ShouldBeEmpty();

        await program.MakeSecretAsync();

        await receiver.HasGotAsync([ordered.EntryId]);
    }

    [Fact]
    public async Task A_secret_is_shown_to_the_request_that_made_it_and_to_its_repeat_alone()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        (await program.PutAsync(WebhookSteps.Webhook, new { url = receiver.Url })).EnsureSuccessStatusCode();

        var first = await program.MakeSecretAsync("first");
        (await program.MakeSecretAsync("first")).ShouldBe(first);
        var second = await program.MakeSecretAsync("second");

        second.ShouldNotBe(first);
        Convert.FromBase64String(first["whsec_".Length..]).Length.ShouldBeInRange(24, 64);
        var late = await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/secret", new { }, "first");
        ((int)late.StatusCode, await late.ProblemCodeAsync()).ShouldBe((409, "secret-already-shown"));
        var shown = (await program.WebhookAsync()).ToJsonString();
        shown.ShouldNotContain(second["whsec_".Length..]);
    }

    [Fact]
    public async Task While_secrets_overlap_both_sign()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        var old = await program.TakesAsync(receiver);
        var next = await program.MakeSecretAsync();
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await receiver.HasGotAsync([ordered.EntryId]);

        var posted = receiver.Got.ShouldHaveSingleItem();
        (posted.IsSignedWith(old), posted.IsSignedWith(next), posted.Signatures.Length).ShouldBe((true, true, 2));
    }

    [Fact]
    public async Task One_event_is_posted_once_more_under_its_id_and_the_log_has_both()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync(), 3);
        await receiver.HasGotAsync(ordered);

        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/redeliveries", new { eventId = ordered[1] }))
            .EnsureSuccessStatusCode();

        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count == 4), "it was posted again");
        receiver.Ids.ShouldBe([.. ordered, ordered[1]]);
        await Until.TrueAsync(async () => (await program.AttemptsAsync()).Count == 4, "the log has it");
        (await program.AttemptsAsync())[0]!["eventId"]!.GetValue<Guid>().ShouldBe(ordered[1]);
        (await program.AttemptsAsync()).Select(one => (string)one!["outcome"]!).ShouldAllBe(one => one == "delivered");
    }

    [Fact, Control("S11")]
    public async Task What_may_not_be_told_any_more_is_not_posted_once_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var person = await Privacy.ConsentingAsync();
        var ordered = await Privacy.OrderedAsync(person);
        await receiver.HasGotAsync([ordered.EntryId]);
        await Privacy.WithdrawAsync(person);

        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/redeliveries", new { eventId = ordered.EntryId }))
            .EnsureSuccessStatusCode();
        var after = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await receiver.HasGotAsync([after.EntryId]);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        receiver.Ids.ShouldBe([ordered.EntryId, after.EntryId]);
    }

    [Fact]
    public async Task Replayed_from_a_position_the_same_events_come_under_the_same_ids()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        await program.TakesAsync(receiver);
        var person = await Privacy.ConsentingAsync();
        var ordered = await Privacy.OrderedAsync(person, 4);
        await receiver.HasGotAsync(ordered);
        var second = long.Parse((string)receiver.Got[1].Event["position"]!);

        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { after = second })).EnsureSuccessStatusCode();

        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count == 6), "they were posted again");
        receiver.Ids.ShouldBe([.. ordered, .. ordered.Skip(2)]);
        receiver.Got[4].Body.ShouldBe(receiver.Got[2].Body);
        (await Privacy.DisclosuresAsync(person)).Count(line => line!["partnerId"]!.GetValue<Guid>() == partner)
            .ShouldBe(4, "a repeat adds no line");
    }

    [Fact]
    public async Task A_test_event_says_that_it_works()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);

        (await program.PostWithKeyAsync("/api/partners/test-events", new { })).EnsureSuccessStatusCode();

        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count == 1), "it came");
        ((string)receiver.Got[0].Event["type"]!).ShouldBe(PartnerTestData.EventType);
    }

    [Theory]
    [InlineData("replay", """{"after":-1}""", 422, "position-ahead")]
    [InlineData("replay", """{"after":9000000000}""", 422, "position-ahead")]
    [InlineData("replay", """{"before":1}""", 400, "unknown-field")]
    [InlineData("redeliveries", """{"eventId":"0190f3a0-0000-7000-8000-0000000000cc"}""", 404, "not-found")]
    [InlineData("redeliveries", """{"eventId":"that one"}""", 400, "malformed-request")]
    [InlineData("secret", """{"secret":"whsec_mine"}""", 400, "unknown-field")]
    public async Task What_makes_no_sense_is_refused_by_name(string path, string body, int status, string code)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{WebhookSteps.Webhook}/{path}");
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));

        var answer = await program.SendAsync(request, Token);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("com.eperfect.password.changed.v1", "event-type-unknown")]
    [InlineData("com.eperfect.order.paid.v1", "filter-beyond-agreement")]
    public async Task A_filter_asks_for_nothing_that_is_unknown_or_not_agreed_on(string type, string code)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();

        var answer = await program.PutAsync(WebhookSteps.Webhook, new { url = receiver.Url, types = new[] { type } });

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((422, code));
    }

    [Fact]
    public async Task A_filter_that_names_nothing_is_malformed_and_sets_no_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();

        var answer = await program.PutAsync(WebhookSteps.Webhook, new { url = receiver.Url, types = new string?[] { null } });

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((400, "malformed-request"));
        (await program.GetAsync(WebhookSteps.Webhook, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_webhook_there_is_nothing_to_look_after()
    {
        using var program = await Privacy.PartnerProgramAsync();
        var answers = new[]
        {
            await program.GetAsync(WebhookSteps.Webhook, Token),
            await program.DeleteAsync(WebhookSteps.Webhook, Token),
            await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/secret", new { }),
            await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { }),
        };

        answers.Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.NotFound);
        using var unknown = Privacy.Program(Guid.CreateVersion7());
        (await unknown.PutAsync(WebhookSteps.Webhook, new { url = "https://partner.example/" })).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Control("M1")]
    public async Task No_secret_rests_in_clear()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        var secret = await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());
        await receiver.HasGotAsync([ordered.EntryId]);

        var key = secret["whsec_".Length..];
        (await DatabaseText.TablesWithAsync(Privacy.Database.Admin, key, Token)).ShouldBeEmpty();
        Privacy.Log.Lines.ShouldAllBe(line => !line.Contains(key) && !line.Contains(receiver.Url));
    }
}
