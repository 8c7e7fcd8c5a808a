using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Chaos.Checker;

/// <summary>What lies on the broker.</summary>
/// <param name="broker">As one who may look into everything.</param>
/// <param name="names">The queues.</param>
public sealed class Queues(Uri broker, IReadOnlyList<string> names)
{
    /// <summary>Messages that kept failing.</summary>
    public async Task<IReadOnlyList<Violation>> ErrorsAsync() => [.. (await DepthsAsync())
        .Where(queue => queue.Key.EndsWith("_error", StringComparison.Ordinal))
        .Select(queue => new Violation("error-queue", queue.Key, $"{queue.Value} messages"))];

    /// <summary>Queues in which something lies.</summary>
    public async Task<IReadOnlyDictionary<string, uint>> DepthsAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var depths = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                if (await channel.QueueDeclarePassiveAsync(name) is { MessageCount: > 0 } queue)
                    depths.Add(name, queue.MessageCount);
            }
            catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
            {
                // Nothing was ever sent there.
            }
        }

        return depths;
    }
}
