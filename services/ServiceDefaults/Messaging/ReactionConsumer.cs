using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Receives one contract: runs the reaction in a unit of work whose receipt is the message's id and queue. A repeat
/// finds the receipt and is acknowledged. A fault is retried a few times in memory, then parked in a queue that gives
/// it back later (so it survives a restart); a message that keeps failing for its own sake ends in the error queue.
/// </summary>
internal sealed partial class ReactionConsumer<TMessage, TReaction>(
    string queue,
    Writer writer,
    IServiceScopeFactory scopes,
    ILogger<ReactionConsumer<TMessage, TReaction>> logger) : IConsumer<TMessage>
    where TMessage : class
    where TReaction : class, IReaction<TMessage>
{
    public async Task Consume(ConsumeContext<TMessage> context)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ReactAsync(context);
                return;
            }
            catch (Exception) when (attempt < Parking.ImmediateRetries.Count)
            {
                await Task.Delay(Parking.ImmediateRetries[attempt], context.CancellationToken);
            }
            catch (Exception failure) when (Parking.MayPark(context, failure))
            {
                LogParked(failure.GetType().Name, queue, context.MessageId);
                // Consumed without a fault, as far as the library can tell; traces of what failed are kept.
                Activity.Current?.SetTag("error.type", failure.GetType().ToString()).SetStatus(ActivityStatusCode.Error);
                await Parking.ParkAsync(context, queue, failure);
                return;
            }
        }
    }

    private async Task ReactAsync(ConsumeContext<TMessage> context)
    {
        var messageId = context.MessageId
            ?? throw new InvalidOperationException("A message without an id cannot be told from its repeat.");
        Activity.Current.TellOf(context.Message);
        await using var scope = scopes.CreateAsyncScope();
        var reaction = scope.ServiceProvider.GetRequiredService<TReaction>();
        var command = new CommandContext(
            queue.Replace('.', '/'),
            messageId.ToString("N"),
            context.CorrelationId?.ToString("N") ?? messageId.ToString("N"),
            Activity.Current)
        {
            // The publisher names the event that it tells of.
            Cause = context.InitiatorId,
        };
        var unit = new Unit(command, reaction.StreamOf(context.Message), async (work, cancellationToken) =>
        {
            await reaction.ReactAsync(work, context.Message, cancellationToken);
            return Answer.Done;
        })
        {
            ReceiptId = $"{messageId:N}:{queue}",
            Ahead = reaction.Ahead(context.Message),
        };
        await writer.WriteAsync(unit, context.CancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure} in {Queue}: message {MessageId} is parked")]
    private partial void LogParked(string failure, string queue, Guid? messageId);
}
