using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What lies unread in a partner's queue is taken back from a real broker, and nothing of it is lost.</summary>
public sealed class TakingBackWhatIsUnread(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_taken_back_before_its_confirms_came_is_sent_again_when_deliveries_go_on()
    {
        await using var privacy = await StartAsync();
        var lane = privacy.Services.GetRequiredService<HeldQueueWay>();
        var partner = await privacy.AgreeAsync();
        var ordered = await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);
        lane.Hold();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        await using var channel = await privacy.Services.GetRequiredService<QueueChannel>().CreateAsync(Token);
        await LiesThereAsync(channel, access, 3);

        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await LiesThereAsync(channel, access, 0);
        lane.Release();
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        using var officer = privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        PartnerReader? again = null;
        await Until.TrueAsync(async () => (again = await PartnerReader.LetInAsync(access)) is not null, "it may read again");
        await using var reader = again!;
        await reader.HasSeenAsync([.. ordered, default]);
        reader.SeenOf(OrderPlacedData.EventType).ShouldBe(ordered);
        reader.SeenOf(AgreementChangedData.EventType).ShouldBe([reader.Seen[^1]]);
    }

    private static Task LiesThereAsync(IChannel channel, PartnerReader.Access access, uint count) => Until.TrueAsync(
        async () => (await channel.QueueDeclarePassiveAsync(access.Queue, Token)).MessageCount == count,
        $"{count} lie there");

    private async Task<TestService> StartAsync() => await TestService.StartAsync(
        PrivacyModule.Define(),
        postgres,
        broker: await broker.CreateVirtualHostAsync(ct: Token),
        configure: builder => HeldQueueWay.Put(builder.Services),
        cancellationToken: Token);
}
