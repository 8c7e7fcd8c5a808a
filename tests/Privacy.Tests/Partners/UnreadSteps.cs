using EPerfect.Testing;
using RabbitMQ.Client;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What lies unread in a partner's queue, at a real broker.</summary>
internal static class UnreadSteps
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static async Task<TestService> StartHeldAsync(this PostgresServer postgres, BrokerServer broker) =>
        await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            broker: await broker.CreateVirtualHostAsync(ct: Token),
            configure: builder => HeldQueueWay.Put(builder.Services),
            cancellationToken: Token);

    public static Task LiesThereAsync(this IChannel channel, PartnerReader.Access access, uint count) => Until.TrueAsync(
        async () => (await channel.QueueDeclarePassiveAsync(access.Queue, Token)).MessageCount == count,
        $"{count} lie there");
}
