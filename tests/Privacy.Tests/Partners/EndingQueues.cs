using System.Text.Json;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>With the agreement goes the partner's queue, at a real broker, and it does not come back by itself.</summary>
public sealed class EndingQueues(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ended_it_is_nobody_and_its_queue_is_gone_and_stays_gone_whatever_happens_after()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);

        await EndAsync(privacy, partner);
        await IsGoneAsync(privacy, access);
        await privacy.OrderedAsync(person);
        await Task.Delay(TimeSpan.FromSeconds(4), Token);

        (await IsThereAsync(privacy, access)).ShouldBeFalse();
        (await privacy.ProgressAsync(FeedSteps.IdOf(partner), QueueWay.Way)).IsOn.ShouldBeFalse("nobody looks after it");
        using var program = privacy.Program(FeedSteps.IdOf(partner));
        var refused = await program.PostWithKeyAsync("/api/partners/queue", new { });
        (await refused.ProblemCodeAsync()).ShouldBe("deliveries-stopped");
    }

    [Fact]
    public async Task So_it_is_when_the_term_is_over()
    {
        var clock = new TurnedClock();
        await using var privacy = await StartAsync(clock);
        var terms = JsonSerializer.SerializeToNode(PartnerSteps.Terms)!;
        terms["until"] = clock.GetUtcNow().AddDays(1);
        var partner = await privacy.AgreeAsync(terms);
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));

        clock.Turn(TimeSpan.FromDays(2));

        await IsGoneAsync(privacy, access);
        (await privacy.ProgressAsync(FeedSteps.IdOf(partner), QueueWay.Way)).IsOn.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lane_that_comes_late_lays_no_queue_again()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        await EndAsync(privacy, partner);
        await IsGoneAsync(privacy, access);

        var lane = privacy.Services.GetServices<IFeedWay>().OfType<QueueWay>().ShouldHaveSingleItem();
        for (var i = 0; i < 2; i++)
            (await lane.NotBeforeAsync(FeedSteps.IdOf(partner), Token)).ShouldNotBeNull("there is nothing to send to");

        (await IsThereAsync(privacy, access)).ShouldBeFalse();
    }

    [Fact, Control("S11")]
    public async Task What_is_agreed_anew_comes_into_another_queue_and_the_old_password_opens_nothing()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        using var program = privacy.Program(FeedSteps.IdOf(partner));
        var before = await PartnerReader.AskAsync(program, "before");
        var person = await privacy.ConsentingAsync();
        await EndAsync(privacy, partner);
        await IsGoneAsync(privacy, before);
        await privacy.OrderedAsync(person);

        await privacy.AgreeAsync(partner, version: 2);
        var repeat = await program.PostWithKeyAsync("/api/partners/queue", new { }, "before");
        (await repeat.ProblemCodeAsync()).ShouldBe("queue-password-replaced");
        (await IsThereAsync(privacy, before)).ShouldBeFalse();
        await using var reader = await (await PartnerReader.ConnectAsync(await PartnerReader.AskAsync(program, "anew")))
            .ConsumeAsync();
        var after = await privacy.OrderedAsync(person, 2);

        await Until.TrueAsync(
            () => Task.FromResult(reader.SeenOf(OrderPlacedData.EventType).Count >= 2), "what happens after that came");
        reader.SeenOf(OrderPlacedData.EventType).ShouldBe(after, "of the time between nothing is told");
    }

    private static async Task EndAsync(TestService privacy, string partner)
    {
        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/end", new { reason = "agreement-over" })).EnsureSuccessStatusCode();
    }

    private static async Task IsGoneAsync(TestService privacy, PartnerReader.Access access)
    {
        await Until.TrueAsync(() => PartnerReader.IsNobodyAsync(access), "the broker does not know it");
        await Until.TrueAsync(async () => !await IsThereAsync(privacy, access), "its queue is gone");
    }

    private static async Task<bool> IsThereAsync(TestService privacy, PartnerReader.Access access)
    {
        await using var channel = await privacy.Services.GetRequiredService<QueueChannel>().CreateAsync(Token);
        try
        {
            await channel.QueueDeclarePassiveAsync(access.Queue, Token);
            return true;
        }
        catch (OperationInterruptedException none) when (none.ShutdownReason!.ReplyCode == 404)
        {
            return false;
        }
    }

    private async Task<TestService> StartAsync(TimeProvider? clock = null) => await TestService.StartAsync(
        PrivacyModule.Define(),
        postgres,
        broker: await broker.CreateVirtualHostAsync(ct: Token),
        clock: clock,
        cancellationToken: Token);
}
