using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Registration.Reactions;
using EPerfect.Orders.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Orders as it runs, on PostgreSQL, without a broker: what other services would say is said by the test.</summary>
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

    public async Task<Guid> OpenAccountAsync(Guid? id = null)
    {
        var opened = new AccountOpened(id ?? Guid.CreateVersion7(), "customer", 1, DateTimeOffset.UtcNow, 1);
        await Writer.ChangeAsync<Customer>(
            opened.AccountId, "test", customer => AccountOpenedReaction.Decide(customer, opened), Cancellation);
        return opened.AccountId;
    }

    public Task CloseAccountAsync(Guid id) => Writer.ChangeAsync<Customer>(
        id,
        "test",
        customer => AccountClosedReaction.Decide(customer, new AccountClosed(id, DateTimeOffset.UtcNow, 2)),
        Cancellation);

    public Task AnswerAsync(DomainRegistered answer) => Writer.ChangeAsync<Order>(
        answer.OrderId,
        "test",
        order => DomainRegisteredReaction.Decide(order!, answer, DateTimeOffset.UtcNow),
        Cancellation);

    public Task AnswerAsync(DomainRegistrationFailed answer) => Writer.ChangeAsync<Order>(
        answer.OrderId,
        "test",
        order => DomainRegistrationFailedReaction.Decide(order!, answer, DateTimeOffset.UtcNow),
        Cancellation);

    /// <summary>Looks behind the scenes: the outside systems' own books, and the store's tables.</summary>
    public async Task<long> CountAsync(string from, params object[] values)
    {
        await using var connection = new NpgsqlConnection(Service.Database.Admin);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"select count(*) from {from}", connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Writer Writer => Service.Services.GetRequiredService<Writer>();
}

/// <summary>Slices share one running service.</summary>
[CollectionDefinition(Name)]
public sealed class RunningOrders : ICollectionFixture<OrdersService>
{
    public const string Name = "a running Orders";
}
