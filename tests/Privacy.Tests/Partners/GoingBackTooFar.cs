using System.Net;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>The feed is kept for thirty days: who asks for more is told with what it begins.</summary>
public sealed class GoingBackTooFar(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Older_than_thirty_days_is_refused_with_the_oldest_that_one_can_go_on_from()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person, 3);
        clock.Turn(TimeSpan.FromDays(31));
        var kept = await privacy.OrderedAsync(person, 2);
        using var program = privacy.Program(partner);

        var refused = await program.GetAsync("/api/partners/feed?after=0", Token);

        (refused.StatusCode, await refused.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Gone, "position-too-old"));
        var oldest = (await refused.JsonAsync())["oldest"]!.GetValue<long>();
        (await program.PullAsync($"?after={oldest}")).Ids().ShouldBe(kept);
        (await program.GetAsync($"/api/partners/feed?after={oldest - 1}", Token)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await program.PullAsync()).Ids().ShouldBe(kept, "who names no position begins with the oldest that is kept");
    }

    [Fact]
    public async Task Where_nothing_is_gone_one_goes_back_to_the_beginning()
    {
        var clock = new TurnedClock();
        await using var privacy = await WebhookService.StartAsync(postgres, clock: clock);
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var person = await privacy.ConsentingAsync();
        clock.Turn(TimeSpan.FromDays(31));
        var first = await privacy.OrderedAsync(person);
        using var program = privacy.Program(partner);

        (await program.PullAsync("?after=0")).Ids().ShouldBe([first.EntryId]);
        clock.Turn(TimeSpan.FromDays(29));
        using var later = privacy.Program(partner);
        (await later.PullAsync("?after=0")).Ids().ShouldBe([first.EntryId]);
    }
}
