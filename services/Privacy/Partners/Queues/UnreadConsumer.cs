using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Takes what lies in a queue until nothing more comes, and notes where each stands in the feed.</summary>
internal sealed class UnreadConsumer(IChannel channel) : AsyncDefaultBasicConsumer(channel)
{
    private const string Position = "cloudEvents:position";

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Each once, in order. Not always as it came: what was not confirmed was sent once more.</summary>
    public SortedSet<long> Positions { get; } = [];

    /// <summary>The delivery up to which all came; 0 if none did.</summary>
    public ulong Last { get; private set; }

    /// <summary>Nothing more comes.</summary>
    public Task Ended => ended.Task;

    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        if (PositionOf(properties) is { } position) Positions.Add(position);
        Last = deliveryTag;
        return Task.CompletedTask;
    }

    protected override Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        ended.TrySetResult();
        return base.OnCancelAsync(consumerTags, cancellationToken);
    }

    private static long? PositionOf(IReadOnlyBasicProperties properties) =>
        (properties.Headers?.TryGetValue(Position, out var noted) == true ? noted : null) switch
        {
            byte[] text when long.TryParse(
                Encoding.UTF8.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out var at) => at,
            long at => at,
            int at => at,
            _ => null,
        };
}
