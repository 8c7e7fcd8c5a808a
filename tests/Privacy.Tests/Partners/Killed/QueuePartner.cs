using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Tests.Partners.Killed;

/// <summary>Reads its queue; comes back whenever the broker is back.</summary>
internal sealed class QueuePartner(PartnerReader.Access at)
{
    public Taken Taken { get; } = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stopping);
            }
            catch (Exception broken) when (broken is RabbitMQClientException or IOException)
            {
                await Task.Delay(100, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await new ConnectionFactory
        {
            HostName = at.Host, Port = at.Port, VirtualHost = at.VirtualHost, UserName = at.User, Password = at.Password,
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync(stopping);
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        await channel.BasicQosAsync(0, prefetchCount: 100, global: false, stopping);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var headers = message.BasicProperties.Headers!;
            Taken.Add(new(
                Guid.Parse(message.BasicProperties.MessageId!),
                Guid.Parse(Text(headers["cloudEvents:subject"])),
                long.Parse(Text(headers["cloudEvents:sequence"])),
                long.Parse(Text(headers["cloudEvents:position"]))));
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, stopping);
        };
        await channel.BasicConsumeAsync(at.Queue, autoAck: false, consumer, stopping);
        await gone.Task.WaitAsync(stopping);
    }

    private static string Text(object? header) => Encoding.UTF8.GetString((byte[])header!);
}
