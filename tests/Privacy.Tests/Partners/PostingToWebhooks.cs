using System.Collections.Concurrent;
using System.Diagnostics;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Events are posted as Standard Webhooks has it; what a receiver does is its own affair and nobody else's.</summary>
public sealed class PostingToWebhooks(WebhookService service) : IClassFixture<WebhookService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact, Control("S11")]
    public async Task An_event_is_posted_structured_and_signed_with_the_agreed_members_and_nothing_else()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        var secret = await program.TakesAsync(receiver);
        var person = await Privacy.ConsentingAsync();
        var ordered = await Privacy.OrderedAsync(person);

        await receiver.HasGotAsync([ordered.EntryId]);

        var posted = receiver.Got.ShouldHaveSingleItem();
        posted.Headers["content-type"].ShouldBe("application/cloudevents+json; charset=utf-8");
        posted.IsSignedWith(secret).ShouldBeTrue();
        long.Parse(posted.Headers["webhook-timestamp"])
            .ShouldBeInRange(ordered.OccurredAt.ToUnixTimeSeconds() - 5, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        posted.Headers.Keys.ShouldNotContain("traceparent");
        posted.Event["id"]!.GetValue<Guid>().ShouldBe(ordered.EntryId);
        posted.Event["type"]!.GetValue<string>().ShouldBe(OrderPlacedData.EventType);
        posted.Event["data"]!.AsObject().Select(member => member.Key)
            .ShouldBe(["orderId", "currency", "total"], ignoreOrder: true);
        (await Privacy.DisclosuresAsync(person)).Where(line => line!["partnerId"]!.GetValue<Guid>() == partner)
            .Select(line => (string)line!["way"]!).ShouldBe(["webhook"]);
    }

    [Fact]
    public async Task What_was_there_before_the_webhook_is_posted_too_and_each_event_once_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        var person = await Privacy.ConsentingAsync();
        var before = await Privacy.OrderedAsync(person, 3);
        await program.TakesAsync(receiver);
        var after = await Privacy.OrderedAsync(person, 10);

        await receiver.HasGotAsync(after);

        receiver.Ids.ShouldBe([.. before, .. after]);
    }

    [Theory]
    [InlineData(400, "refused")]
    [InlineData(404, "refused")]
    [InlineData(500, "refused")]
    [InlineData(302, "redirected")]
    [InlineData(308, "redirected")]
    [InlineData(0, "timed-out")]
    public async Task What_is_not_accepted_is_logged_and_waits_and_no_other_partner_waits_for_it(int status, string outcome)
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        receiver.Answer = async (context, _) =>
        {
            if (status == 0) await Task.Delay(Timeout.Infinite, context.RequestAborted);
            context.Response.Headers.Location = elsewhere.Url;
            context.Response.StatusCode = status;
        };
        using var program = await Privacy.PartnerProgramAsync();
        using var neighbour = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        await neighbour.TakesAsync(other);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync(), 3);

        await other.HasGotAsync(ordered);
        await program.HasFailedAsync();

        receiver.Ids.Distinct().ShouldBe([ordered[0]], "what comes after it waits");
        elsewhere.Got.ShouldBeEmpty();
        var attempt = (await program.AttemptsAsync())[^1]!;
        ((string)attempt["outcome"]!, (int?)attempt["status"]).ShouldBe((outcome, status == 0 ? null : status));
        attempt["eventId"]!.GetValue<Guid>().ShouldBe(ordered[0]);
        attempt.AsObject().Select(member => member.Key).ShouldNotContain("body");
        (await program.WebhookAsync())["nextAttemptAt"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", "delivered")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n", "delivered")]
    [InlineData("HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n\r\n", "refused")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Endless: ", "unreachable")]
    [InlineData("no", "unreachable")]
    public async Task An_answer_without_end_is_not_read(string begin, string outcome)
    {
        await using var receiver = EndlessReceiver.Start(begin);
        using var program = await Privacy.PartnerProgramAsync();
        (await program.PutAsync(WebhookSteps.Webhook, new { url = receiver.Url })).EnsureSuccessStatusCode();
        await program.MakeSecretAsync();
        await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await Until.TrueAsync(async () => (await program.AttemptsAsync()).Count > 0, "it was posted");

        ((string)(await program.AttemptsAsync())[0]!["outcome"]!).ShouldBe(outcome);
        await Until.TrueAsync(() => Task.FromResult(receiver.HasEnded), "the connection was ended");
        receiver.Written.ShouldBeLessThan(8 * 1024 * 1024, "what sockets hold, and no more");
    }

    [Fact]
    public async Task A_slow_yes_is_a_yes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = async (context, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
            context.Response.StatusCode = 202;
        };
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync(), 2);

        await receiver.HasGotAsync(ordered);

        receiver.Ids.ShouldBe(ordered);
    }

    [Fact]
    public async Task Who_shares_a_host_with_those_who_never_answer_does_not_wait_for_them()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var quick = new ConcurrentQueue<Guid>();
        receiver.Answer = async (context, posted) =>
        {
            if (context.Request.Path == "/slow") await Task.Delay(Timeout.Infinite, context.RequestAborted);
            quick.Enqueue(posted.Id);
        };
        for (var i = 0; i < 6; i++)
        {
            using var slow = await Privacy.PartnerProgramAsync();
            var url = receiver.Url.Replace("/events", "/slow", StringComparison.Ordinal);
            (await slow.PutAsync(WebhookSteps.Webhook, new { url })).EnsureSuccessStatusCode();
            await slow.MakeSecretAsync();
        }

        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync(), 5);

        await Until.TrueAsync(
            () => Task.FromResult(quick.SequenceEqual(ordered)), "all came in order", TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Who_asks_for_a_pause_gets_it(int status)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var times = new List<long>();
        receiver.Answer = (context, _) =>
        {
            times.Add(Stopwatch.GetTimestamp());
            context.Response.Headers.RetryAfter = "2";
            context.Response.StatusCode = times.Count == 1 ? status : 204;
            return Task.CompletedTask;
        };
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await Until.TrueAsync(() => Task.FromResult(times.Count == 2), "it was posted again");

        receiver.Ids.ShouldBe([ordered.EntryId, ordered.EntryId]);
        Stopwatch.GetElapsedTime(times[0], times[1]).ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4.5));
    }

    [Fact, Control("S11")]
    public async Task What_was_withdrawn_between_two_attempts_is_not_posted_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var person = await Privacy.ConsentingAsync();
        receiver.Answer = async (context, posted) =>
        {
            if (posted.Event["subject"]!.GetValue<Guid>() != person) return;
            context.Response.StatusCode = 500;
            await Privacy.WithdrawAsync(person);
        };
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var withdrawn = await Privacy.OrderedAsync(person);
        var other = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await receiver.HasGotAsync([other.EntryId]);

        receiver.Ids.ShouldBe([withdrawn.EntryId, other.EntryId]);
    }

    [Fact]
    public async Task Who_is_gone_is_disabled_at_once_hears_of_it_by_another_way_and_is_resumed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var gone = true;
        receiver.Answer = (context, _) => WebhookReceiver.Status(context, gone ? 410 : 200);
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        await program.IsAsync("disabled");
        ((string)(await program.WebhookAsync())["disabled"]!["reason"]!).ShouldBe("gone");
        (await program.PullAsync())["events"]!.AsArray().Select(e => (string)e!["type"]!)
            .ShouldBe([OrderPlacedData.EventType, WebhookDisabledData.EventType]);
        var again = await program.PostWithKeyAsync(
            $"{WebhookSteps.Webhook}/redeliveries", new { eventId = ordered.EntryId });
        ((int)again.StatusCode, await again.ProblemCodeAsync()).ShouldBe((409, "webhook-disabled"));
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        receiver.Ids.ShouldBe([ordered.EntryId]);

        gone = false;
        (await program.PostWithKeyAsync($"{WebhookSteps.Webhook}/replay", new { })).EnsureSuccessStatusCode();
        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count == 3), "it goes on");
        receiver.Ids[1].ShouldBe(ordered.EntryId);
        (await program.WebhookAsync())["state"]!.GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task A_filter_chooses_among_the_agreed_types_and_never_hides_what_is_owed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        await program.TakesAsync(receiver, DomainRegisteredData.EventType);
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        // Told of the person by another way: so it hears of the withdrawal.
        await program.PullAsync();
        var owed = RecordEntry.Entry(person, $"{person}", new SharingWithdrawnData(Given.Now), Given.Now);
        await Privacy.RecordAsync(owed);

        await receiver.HasGotAsync([owed.EntryId]);

        receiver.Ids.ShouldBe([owed.EntryId]);
    }

    [Fact]
    public async Task Removed_nothing_is_posted_and_set_again_it_goes_on_from_where_it_was()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await Privacy.PartnerProgramAsync();
        var old = await program.TakesAsync(receiver);
        var person = await Privacy.ConsentingAsync();
        var before = await Privacy.OrderedAsync(person);
        await receiver.HasGotAsync([before.EntryId]);
        (await program.DeleteAsync(WebhookSteps.Webhook, Token)).EnsureSuccessStatusCode();
        (await program.GetAsync(WebhookSteps.Webhook, Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        var meanwhile = await Privacy.OrderedAsync(person);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        receiver.Got.Count.ShouldBe(1);

        var secret = await program.TakesAsync(receiver);

        await receiver.HasGotAsync([meanwhile.EntryId]);
        receiver.Ids.ShouldBe([before.EntryId, meanwhile.EntryId]);
        (receiver.Got[1].IsSignedWith(secret), receiver.Got[1].IsSignedWith(old)).ShouldBe((true, false));
    }
}
