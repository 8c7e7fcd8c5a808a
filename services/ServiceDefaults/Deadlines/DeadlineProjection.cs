using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace EPerfect.ServiceDefaults;

/// <summary>Keeps the deadlines in the transaction that appends the events they follow from.</summary>
public sealed class DeadlineProjection : EventProjection
{
    private readonly string schema;
    private readonly Func<IEvent, IEnumerable<DeadlineChange>> deadlinesOf;

    internal DeadlineProjection(string schema, Func<IEvent, IEnumerable<DeadlineChange>> deadlinesOf)
    {
        (this.schema, this.deadlinesOf) = (schema, deadlinesOf);
        Name = DeadlineTable.Name;
        Options.DeleteDataInTableOnTeardown($"{schema}.{DeadlineTable.Name}");
    }

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        foreach (var change in deadlinesOf(e))
        {
            if (change is DeadlineChange.Set set)
            {
                var trace = e.GetHeader(CommandContext.TraceParentHeader)?.ToString();
                operations.QueueSqlCommand(
                    DeadlineTable.Set(schema), e.StreamId, set.Kind, set.Argument, set.Due.ToUniversalTime(), trace ?? "",
                    e.Id);
            }
            else
            {
                operations.QueueSqlCommand(DeadlineTable.Clear(schema), e.StreamId, change.Kind, change.Argument);
            }
        }

        return ValueTask.CompletedTask;
    }
}
