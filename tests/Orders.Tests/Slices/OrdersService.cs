using EPerfect.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(BrokerServer))]

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Orders as it runs, on PostgreSQL, without a broker: what others would say is said by the test.</summary>
public sealed class OrdersService(PostgresServer postgres) : IAsyncLifetime
{
    private TestService? service;

    public HttpClient Client => Service.Client;

    public TestService Service => service!;

    public async ValueTask InitializeAsync() => service = await TestService.StartAsync(OrdersModule.Define(), postgres);

    public async ValueTask DisposeAsync()
    {
        if (service is not null) await service.DisposeAsync();
    }
}

/// <summary>Slices share one running service.</summary>
[CollectionDefinition(Name)]
public sealed class RunningOrders : ICollectionFixture<OrdersService>
{
    public const string Name = "a running Orders";
}
