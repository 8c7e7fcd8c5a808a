using System.Net.Http.Json;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What lies unread in a partner's queue is taken back from a real broker, and nothing of it is lost.</summary>
public sealed class TakingBackWhatIsUnread(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_taken_back_before_its_confirms_came_is_sent_again_when_deliveries_go_on()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var lane = privacy.Services.GetRequiredService<HeldQueueWay>();
        var partner = await privacy.AgreeAsync();
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);
        lane.Hold();
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);

        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await queue.HoldsAsync(0);
        lane.Release();
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        using var officer = privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        await using var reader = await PartnerReader.LetInAgainAsync(queue.Access);
        await reader.HasSeenAsync([.. ordered, default]);
        reader.SeenOf(OrderPlacedData.EventType).ShouldBe(ordered);
        reader.SeenOf(AgreementChangedData.EventType).ShouldBe([reader.Seen[^1]]);
    }

    [Fact, Control("S11")]
    public async Task What_lies_unread_of_who_withdraws_is_taken_out_and_the_rest_comes_in_order()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        var (stays, leaves) = (await privacy.ConsentingAsync(), await privacy.ConsentingAsync());
        var kept = await privacy.OrderedAsync(stays, 120);
        var withdrawn = await privacy.OrderedAsync(leaves, 3);
        kept = [.. kept, .. await privacy.OrderedAsync(stays, 10)];
        var queue = await UnreadQueue.OfAsync(privacy, partner, 133);

        await privacy.WithdrawAsync(leaves);
        await privacy.RecordAsync(RecordEntry.Entry(leaves, "withdrawal", new SharingWithdrawnData(Given.Now), Given.Now));
        await queue.HoldsAsync(131);

        await using var reader = await (await PartnerReader.ConnectAsync(queue.Access)).ConsumeAsync();
        await reader.HasSeenAsync([.. kept, default]);
        reader.SeenOf(OrderPlacedData.EventType).ShouldBe(kept);
        reader.SeenOf(SharingWithdrawnData.EventType).ShouldHaveSingleItem("what it was told once it is to use no more");
        reader.Ids.Intersect(withdrawn).ShouldBeEmpty();
    }

    [Fact, Control("S11")]
    public async Task What_lies_unread_when_the_agreement_is_narrowed_leaves_only_as_far_as_it_goes_now()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);

        using var staff = privacy.Staff("operator");
        (await staff.PutAsJsonAsync($"{partner}/agreement", PartnerSteps.NarrowerTerms, Token)).EnsureSuccessStatusCode();
        await queue.HoldsOnlyTheChangeAsync();
    }

    [Fact]
    public async Task Read_while_people_withdraw_it_comes_in_order_and_without_a_gap()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        var stays = await privacy.ConsentingAsync();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        await using var reader = await PartnerReader.ConnectAsync(access);
        await reader.Channel.BasicQosAsync(0, prefetchCount: 1, global: false, Token);
        var kept = new List<Guid>();
        for (var round = 0; round < 6; round++)
        {
            var leaves = await privacy.ConsentingAsync();
            await privacy.OrderedAsync(leaves);
            kept.AddRange(await privacy.OrderedAsync(stays, 60));
            if (round == 1) await reader.ConsumeAsync();
            await privacy.WithdrawAsync(leaves);
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
        }

        await Until.TrueAsync(() => Task.FromResult(!kept.Except(reader.Ids).Any()), "all of it came", TimeSpan.FromSeconds(60));

        reader.Seen.Where(kept.Contains).ShouldBe(kept);
    }

    [Fact]
    public async Task Suspended_while_it_passes_the_gate_again_nothing_of_it_is_lost()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var lane = privacy.Services.GetRequiredService<HeldQueueWay>();
        var partner = await privacy.AgreeAsync();
        var id = FeedSteps.IdOf(partner);
        var person = await privacy.ConsentingAsync();
        var begun = await privacy.Services.GetRequiredService<FeedReader>().EndAsync(Token);
        var kept = await privacy.OrderedAsync(person, 3);
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);
        await Until.TrueAsync(
            async () => (await privacy.ProgressAsync(id, QueueWay.Way)).Position > begun, "its place is stored");

        lane.Hold();
        await privacy.RestrictAsync(person);
        await Until.TrueAsync(() => Task.FromResult(lane.IsHolding), "it was put there anew, and what lay there is not removed");
        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await queue.HoldsAsync(0);
        lane.Release();
        using var officer = privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        await using var reader = await PartnerReader.LetInAgainAsync(queue.Access);
        await Until.TrueAsync(() => Task.FromResult(!kept.Except(reader.Ids).Any()), "all of it came");
        reader.SeenOf(OrderPlacedData.EventType).ShouldBe(kept);
    }
}
