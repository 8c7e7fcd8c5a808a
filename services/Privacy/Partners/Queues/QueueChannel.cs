using RabbitMQ.Client;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>The one connection by which events come into partners' queues. Opened when it is first needed, and again
/// after it was lost.</summary>
internal sealed class QueueChannel(PartnerQueue queue, BrokerAdministration administration) : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim turn = new(1, 1);
    private IConnection? connection;

    /// <summary>The connection as it is; null if there is none, or none any more.</summary>
    public object? Current => connection is { IsOpen: true } open ? open : null;

    /// <summary>A channel whose publishings end when the broker has them. For one partner: in its order.</summary>
    public async Task<IChannel> CreateAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (connection is not { IsOpen: true })
            {
                if (connection is not null) await connection.DisposeAsync();
                await administration.PrepareAsync(cancellationToken);
                // What was lost is opened anew by us, with what was not confirmed sent again: no recovery behind our back.
                connection = await new ConnectionFactory
                {
                    Uri = queue.Address!,
                    AutomaticRecoveryEnabled = false,
                    ClientProvidedName = "privacy: partners",
                }.CreateConnectionAsync(cancellationToken);
            }

            return await connection.CreateChannelAsync(Confirmed, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The partner's queue is there, and what is for it comes into it.</summary>
    public static async Task LayAsync(IChannel channel, Guid partner, CancellationToken cancellationToken)
    {
        var name = PartnerQueue.NameOf(partner);
        await channel.ExchangeDeclareAsync(
            PartnerQueue.Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            name,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken);
        await channel.QueueBindAsync(name, PartnerQueue.Exchange, name, cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        turn.Dispose();
    }
}
