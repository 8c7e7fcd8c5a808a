using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Privacy at a real broker, with a way into partners' queues that a test can hold.</summary>
internal static class HeldPrivacy
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static async Task<TestService> StartHeldAsync(this PostgresServer postgres, BrokerServer broker) =>
        await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            broker: await broker.CreateVirtualHostAsync(ct: Token),
            configure: builder => HeldQueueWay.Put(builder.Services),
            cancellationToken: Token);
}
