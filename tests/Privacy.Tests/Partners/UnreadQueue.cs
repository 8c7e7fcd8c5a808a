using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner's queue with what lies there unread, seen from our side of the broker.</summary>
internal sealed record UnreadQueue(PartnerReader.Access Access, QueueChannel Channels)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    /// <summary>The partner asks for it; then so many lie there.</summary>
    public static async Task<UnreadQueue> OfAsync(TestService privacy, string partner, uint count)
    {
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        var queue = new UnreadQueue(access, privacy.Services.GetRequiredService<QueueChannel>());
        await queue.HoldsAsync(count);
        return queue;
    }

    public async Task HoldsAsync(uint count)
    {
        await using var channel = await Channels.CreateAsync(Token);
        await Until.TrueAsync(
            async () => await channel.MessageCountAsync(Access.Queue, Token) == count, $"{count} lie there");
    }

    /// <summary>Of what lay there nothing but that the agreement is another.</summary>
    public async Task HoldsOnlyTheChangeAsync()
    {
        await HoldsAsync(1);
        await using var reader = await (await PartnerReader.ConnectAsync(Access)).ConsumeAsync();
        await reader.HasSeenAsync([default]);
        reader.SeenOf(AgreementChangedData.EventType).ShouldBe(reader.Ids);
    }
}
