using System.Collections.Concurrent;
using System.Text;
using EPerfect.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner's program at its queue: knows what the platform told it, and no more.</summary>
internal sealed class PartnerReader : IAsyncDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly ConcurrentQueue<BasicProperties> received = new();

    private PartnerReader(IConnection connection, IChannel channel, Access access) =>
        (Connection, Channel, At) = (connection, channel, access);

    public IConnection Connection { get; }

    public IChannel Channel { get; }

    public Access At { get; }

    public IReadOnlyList<Guid> Ids => [.. received.Select(one => Guid.Parse(one.MessageId!))];

    /// <summary>As one who skips what it has seen.</summary>
    public IReadOnlyList<Guid> Seen => [.. Ids.Distinct()];

    public IReadOnlyList<Guid> SeenOf(string type) => [.. received
        .Where(one => Text(one.Headers!["cloudEvents:type"]) == type).Select(one => Guid.Parse(one.MessageId!)).Distinct()];

    public static async Task<Access> AskAsync(TestService privacy, Guid partner)
    {
        using var program = privacy.Program(partner);
        return await AskAsync(program);
    }

    public static async Task<Access> AskAsync(HttpClient program, string? key = null)
    {
        var answer = await program.PostWithKeyAsync("/api/partners/queue", new { }, key);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(Token));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var told = await answer.JsonAsync();
        return new(
            told["host"]!.GetValue<string>(), told["port"]!.GetValue<int>(), told["virtualHost"]!.GetValue<string>(),
            told["queue"]!.GetValue<string>(), told["user"]!.GetValue<string>(), told["password"]!.GetValue<string>());
    }

    public static async Task<PartnerReader> ConnectAsync(Access at)
    {
        var connection = await new ConnectionFactory
        {
            HostName = at.Host, Port = at.Port, VirtualHost = at.VirtualHost, UserName = at.User, Password = at.Password,
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync(Token);
        return new(connection, await connection.CreateChannelAsync(cancellationToken: Token), at);
    }

    public static async Task<PartnerReader> LetInAgainAsync(Access access)
    {
        PartnerReader? again = null;
        await Until.TrueAsync(async () => (again = await LetInAsync(access)) is not null, "it may read again");
        return again!;
    }

    /// <returns>Null while it is shut out.</returns>
    private static async Task<PartnerReader?> LetInAsync(Access access)
    {
        var reader = await ConnectAsync(access);
        try
        {
            return await reader.ConsumeAsync();
        }
        catch (OperationInterruptedException)
        {
            await reader.DisposeAsync();
            return null;
        }
    }

    /// <summary>Whether the broker does not know who comes with this.</summary>
    public static async Task<bool> IsNobodyAsync(Access access)
    {
        try
        {
            await (await ConnectAsync(access)).DisposeAsync();
            return false;
        }
        catch (BrokerUnreachableException)
        {
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false; // shut out, and known yet
        }
    }

    public async Task<PartnerReader> ConsumeAsync()
    {
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            received.Enqueue(new BasicProperties(message.BasicProperties));
            await Channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await Channel.BasicConsumeAsync(At.Queue, autoAck: false, consumer, Token);
        return this;
    }

    public string Header(int at, string name) => Text(received.ElementAt(at).Headers![name]);

    private static string Text(object? header) => header switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        var other => $"{other}",
    };

    public Task HasSeenAsync(IReadOnlyList<Guid> ids) => Until.TrueAsync(
        () => Task.FromResult(Seen.Count >= ids.Count), $"{ids.Count} events came", TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Connection.DisposeAsync();
    }

    internal sealed record Access(
        string Host, int Port, string VirtualHost, string Queue, string User, string Password);
}
