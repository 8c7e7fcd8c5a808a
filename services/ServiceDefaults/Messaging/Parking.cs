using System.Globalization;
using MassTransit;

namespace EPerfect.ServiceDefaults;

/// <summary>The parked retry: a queue whose messages go back, by time to live, to where they came from.</summary>
internal static class Parking
{
    /// <summary>How long a message is parked.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    /// <summary>How often a message that fails for its own sake is given another chance, before the error
    /// queue.</summary>
    private const int MostTimes = 6;

    /// <summary>The client in use can wait for ever for a confirm.</summary>
    private static readonly TimeSpan MostTimeToConfirm = TimeSpan.FromSeconds(10);

    private const string TimesHeader = "parked-times";

    public static IReadOnlyList<TimeSpan> ImmediateRetries { get; } =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    public static string QueueOf(string queue) => $"{queue}.parked";

    /// <summary>While a database or the vault is away, nobody is to blame: the message waits as long as it
    /// takes.</summary>
    public static bool MayPark(ConsumeContext context, Exception failure) =>
        Outages.Is(failure) || TimesParked(context) < MostTimes;

    public static async Task ParkAsync<T>(ConsumeContext<T> context, string queue, Exception failure)
        where T : class
    {
        var endpoint = await context.GetSendEndpoint(new Uri($"exchange:{QueueOf(queue)}"));
        var times = TimesParked(context) + (Outages.Is(failure) ? 0 : 1);
        await endpoint.Send(
            context.Message,
            send =>
            {
                send.MessageId = context.MessageId;
                send.CorrelationId = context.CorrelationId;
                send.InitiatorId = context.InitiatorId;
                send.Headers.Set(TimesHeader, times.ToString(CultureInfo.InvariantCulture));
                // Without its queue the parked message would be lost in silence: the broker must hand it back instead.
                if (send.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
            },
            context.CancellationToken).WaitAsync(MostTimeToConfirm, context.CancellationToken);
    }

    private static int TimesParked(ConsumeContext context) => int.TryParse(
        context.ReceiveContext.TransportHeaders.Get<string>(TimesHeader),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var times)
        ? times
        : 0;
}
