using System.Net;
using System.Net.Sockets;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using JasperFx.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Operations.Tests;

public sealed record OrderPlaced(Guid OrderId, Guid AccountId, string Text, DateTimeOffset At);

public sealed record OrderPaid(DateTimeOffset At);

public sealed record CustomerOpened(Guid CustomerId);

public sealed record Order(Guid Id, Guid? AccountId) : IOwned
{
    public static Order Create(OrderPlaced e) => new(e.OrderId, e.AccountId);

    public Order Apply(OrderPaid _) => this;
}

public sealed record Customer(Guid Id)
{
    public static Customer Create(CustomerOpened e) => new(e.CustomerId);
}

public sealed record PlaceOrderRequest(Guid AccountId, string Text);

/// <summary>Pays, as soon as it is placed.</summary>
public sealed class Pay(Writer writer, TimeProvider clock) : IDeadlineHandler
{
    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.ChangeAsync<Order>(
        deadline.StreamId, "orders/pay", _ => Decision.Of(new OrderPaid(clock.GetUtcNow())), cancellationToken);
}

/// <summary>Cannot pay.</summary>
public sealed class CannotPay : IDeadlineHandler
{
    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => throw new NotSupportedException();
}

public sealed record Rang(Guid Id);

/// <summary>Counts what was heard.</summary>
public sealed class Ears
{
    private int heard;

    public int Heard => heard;

    public void Hear() => Interlocked.Increment(ref heard);
}

public sealed class RangReaction(Ears ears) : IReaction<Rang>
{
    public Guid StreamOf(Rang message) => message.Id;

    public Task ReactAsync(UnitOfWork work, Rang message, CancellationToken cancellationToken)
    {
        ears.Hear();
        return Task.CompletedTask;
    }
}

/// <summary>Stands for a service of ours: one that has orders, or one that has nothing.</summary>
internal static class StandIn
{
    public const string Queue = "orders.rang";

    public static ServiceDefinition Hearing() => Nothing("orders")
        .Publishes<Rang>("orders.rang.v1").Reacts<Rang, RangReaction>("orders.rang.v1")
        .Services(services => services.AddSingleton<Ears>());

    public static ServiceDefinition Orders(bool failing = false) =>
        (failing ? WithOrders().Runs<CannotPay>("pay") : WithOrders().Runs<Pay>("pay")).Stoppable("charge", "pay");

    private static ServiceDefinition WithOrders() => Nothing("orders")
        .Event<OrderPlaced>("order_placed").Event<OrderPaid>("order_paid").Stream<Order>()
        .Event<CustomerOpened>("customer_opened").Stream<Customer>()
        .Deadlines(Due)
        .Endpoints(app => app.MapPost(
                "/api/orders",
                (PlaceOrderRequest order, Commands commands, CancellationToken ct) =>
                {
                    var id = Guid.CreateVersion7();
                    var placed = new OrderPlaced(id, order.AccountId, order.Text, DateTimeOffset.UtcNow);
                    return commands.CreateAsync<Order>(
                        id, order.AccountId, (_, _) => Task.FromResult(Decision.Of(placed)), cancellationToken: ct);
                })
            .Allow(Access.Of(MemberRole.Owner)));

    public static ServiceDefinition Nothing(string name) => new ServiceDefinition(name)
        .Retains<NothingToSweep>(RetentionRules.ClosedAccount);

    /// <summary>Nobody listens there.</summary>
    public static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private static IEnumerable<DeadlineChange> Due(IEvent e) => e.Data switch
    {
        OrderPlaced x => [new DeadlineChange.Set("pay", x.At)],
        OrderPaid => [new DeadlineChange.Clear("pay")],
        _ => [],
    };
}
