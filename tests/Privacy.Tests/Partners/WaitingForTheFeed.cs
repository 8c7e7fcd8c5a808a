using System.Net;
using EPerfect.Privacy.Partners.Pull;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>So many wait for the feed at once, and no more: one partner takes no place that another needs.</summary>
public sealed class WaitingForTheFeed(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact]
    public async Task Above_its_places_a_partner_is_told_to_come_later_and_who_waits_is_answered_as_ever()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        using var other = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        var next = (await program.PullAsync())["next"]!.GetValue<long>();
        var waiting = Enumerable.Range(0, LongPolls.MostOfOne).Select(_ => program.PullAsync($"?after={next}&wait=25")).ToArray();

        await AllPlacesAreTakenAsync(partner);
        using var refused = await WaitAsync(program, next, 1);
        (await refused.ProblemCodeAsync(), refused.Headers.RetryAfter!.Delta).ShouldBe(
            ("long-polls-too-many", TimeSpan.FromSeconds(5)));
        (await program.PullAsync($"?after={next}")).Ids().ShouldBeEmpty("who does not wait takes no place");
        (await WaitAsync(other, next, 1)).StatusCode.ShouldBe(HttpStatusCode.OK, "another partner waits as it likes");

        var ordered = await Privacy.OrderedAsync(person);
        foreach (var page in await Task.WhenAll(waiting)) page.Ids().ShouldBe([ordered.EntryId]);
        (await WaitAsync(program, next, 1)).StatusCode.ShouldBe(HttpStatusCode.OK, "the places are free again");
    }

    [Fact]
    public async Task Who_hangs_up_leaves_its_place()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        var next = (await program.PullAsync())["next"]!.GetValue<long>();
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Enumerable.Range(0, LongPolls.MostOfOne)
            .Select(_ => program.GetAsync($"/api/partners/feed?after={next}&wait=25", hangUp.Token)).ToArray();
        await AllPlacesAreTakenAsync(partner);
        (await WaitAsync(program, next, 1)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        await hangUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        await Until.TrueAsync(
            async () => (await WaitAsync(program, next, 1)).StatusCode == HttpStatusCode.OK,
            "there is a place",
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void All_together_have_so_many_places_and_who_is_refused_keeps_none()
    {
        using var polls = new LongPolls(mostOfAll: 2);
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var held = polls.Take(one).Held.ShouldNotBeNull();
        using var second = polls.Take(two).Held.ShouldNotBeNull();

        for (var i = 0; i <= LongPolls.MostOfOne; i++) polls.Take(two).Refusal.ShouldBe(PullRefusals.TooCrowded);
        held.Dispose();

        using var third = polls.Take(two).Held.ShouldNotBeNull();
    }

    private Task AllPlacesAreTakenAsync(Guid partner) => Until.TrueAsync(
        () => Task.FromResult(service.Get<LongPolls>().FreeOf(partner) == 0), "all places are taken");

    private static Task<HttpResponseMessage> WaitAsync(HttpClient program, long after, int seconds) =>
        program.GetAsync($"/api/partners/feed?after={after}&wait={seconds}", Token);
}
