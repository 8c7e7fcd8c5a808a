using EPerfect.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Launcher.Tests;

public sealed class BrokerPrivilegesTests(BrokerServer server)
{
    private const string Topology =
        """
        {
          "exchanges": [
            { "name": "domains.domain-registered.v1", "type": "fanout", "durable": true, "arguments": {} },
            { "name": "orders.domain-registered", "type": "fanout", "durable": true, "arguments": {} }
          ],
          "queues": [
            { "name": "orders.domain-registered", "durable": true, "auto_delete": false,
              "arguments": { "x-queue-type": "quorum" } }
          ],
          "bindings": [
            { "source": "domains.domain-registered.v1", "destination": "orders.domain-registered",
              "destination_type": "exchange", "routing_key": "", "arguments": {} },
            { "source": "orders.domain-registered", "destination": "orders.domain-registered",
              "destination_type": "queue", "routing_key": "", "arguments": {} }
          ]
        }
        """;

    private const ushort AccessRefused = 403;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_service_publishes_arrives_in_the_others_queue_over_the_laid_bindings()
    {
        var host = await server.CreateVirtualHostAsync(Topology, Ct);
        await using var domains = await ConnectAsync(host.UriFor("domains"));
        await using var orders = await ConnectAsync(host.UriFor("orders"));
        await using var sending = await domains.CreateChannelAsync(new CreateChannelOptions(true, true), Ct);
        await using var receiving = await orders.CreateChannelAsync(cancellationToken: Ct);

        await sending.BasicPublishAsync("domains.domain-registered.v1", "", "registered"u8.ToArray(), Ct);

        var message = await receiving.BasicGetAsync("orders.domain-registered", autoAck: true, Ct);
        message.ShouldNotBeNull().Body.ToArray().ShouldBe("registered"u8.ToArray());
    }

    [Fact]
    public async Task A_service_cannot_read_anothers_queue() =>
        await RefusedAsync("domains", channel => channel.BasicGetAsync("orders.domain-registered", autoAck: true, Ct));

    [Fact]
    public async Task A_service_cannot_publish_as_another() =>
        await RefusedAsync("orders", async channel =>
        {
            await channel.BasicPublishAsync("domains.domain-registered.v1", "", "forged"u8.ToArray(), Ct);
            // The refusal closes the channel from the other side; the next call meets it.
            await channel.ExchangeDeclarePassiveAsync("orders.domain-registered", Ct);
            await Task.Delay(TimeSpan.FromSeconds(1), Ct);
            await channel.ExchangeDeclarePassiveAsync("orders.domain-registered", Ct);
        });

    [Fact]
    public async Task A_service_cannot_declare_or_delete_anothers_queue()
    {
        await RefusedAsync("accounts", channel => channel.QueueDeclareAsync(
            "orders.mine", durable: true, exclusive: false, autoDelete: false, cancellationToken: Ct));
        await RefusedAsync("accounts", channel => channel.QueueDeleteAsync(
            "orders.domain-registered", ifUnused: false, ifEmpty: false, cancellationToken: Ct));
    }

    [Fact]
    public async Task A_service_declares_its_own_queue()
    {
        var host = await server.CreateVirtualHostAsync(ct: Ct);
        await using var connection = await ConnectAsync(host.UriFor("accounts"));
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);

        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        var queue = await channel.QueueDeclareAsync(
            "accounts.own", durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: Ct);

        queue.QueueName.ShouldBe("accounts.own");
    }

    [Fact]
    public async Task The_stock_user_guest_does_not_exist()
    {
        var host = await server.CreateVirtualHostAsync(ct: Ct);
        var uri = new UriBuilder(host.Operator) { UserName = "guest", Password = "guest" }.Uri;

        (await Should.ThrowAsync<BrokerUnreachableException>(() => ConnectAsync(uri.ToString())))
            .InnerException.ShouldBeOfType<AuthenticationFailureException>();
    }

    private async Task RefusedAsync(string service, Func<IChannel, Task> act)
    {
        var host = await server.CreateVirtualHostAsync(Topology, Ct);
        await using var connection = await ConnectAsync(host.UriFor(service));
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);

        await Should.ThrowAsync<RabbitMQClientException>(() => act(channel));

        channel.CloseReason.ShouldNotBeNull().ReplyCode.ShouldBe(AccessRefused);
    }

    private static Task<IConnection> ConnectAsync(string uri) =>
        new ConnectionFactory { Uri = new Uri(uri) }.CreateConnectionAsync(Ct);
}
