using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.ServiceDefaults;

/// <summary>An effect that is stopped.</summary>
/// <param name="Effect">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who stopped it.</param>
/// <param name="At">When.</param>
public sealed record StoppedEffect(string Effect, string Reason, string? By, DateTimeOffset At);

/// <summary>
/// One row for each effect that is stopped, committed with the event. Whoever takes up work asks here in the same statement,
/// so that every instance knows at once and none has to be told.
/// </summary>
public sealed class StoppedEffects(NpgsqlDataSource database)
{
    internal const string Name = "stopped_effects";
    private const string TableName = $"{MartenBaseline.Schema}.{Name}";

    /// <summary>Whether it is stopped at this moment.</summary>
    /// <param name="effect">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> HasAsync(string effect, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select 1 from {TableName} where effect = $1");
        command.Parameters.AddWithValue(effect);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    internal async Task<IReadOnlyList<StoppedEffect>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select effect, reason, by, at from {TableName}");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<StoppedEffect>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var by = await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetString(2);
            found.Add(new(rows.GetString(0), rows.GetString(1), by, rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return found;
    }

    internal static void Add(StoreOptions options)
    {
        var table = new Table(TableName);
        table.AddColumn<string>("effect").AsPrimaryKey();
        table.AddColumn<string>("reason").NotNull();
        table.AddColumn<string>("by");
        table.AddColumn<DateTimeOffset>("at").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
        options.Projections.Add(new Rows(), JasperFx.Events.Projections.ProjectionLifecycle.Inline);
    }

    /// <summary>In a query of deadlines: leaves out what is held. Names are the service's own.</summary>
    internal static string NotHeld(IEnumerable<Effect> effects) => string.Concat(
        from effect in effects
        where effect.Kinds.Count > 0
        let kinds = string.Join(", ", effect.Kinds.Select(kind => $"'{kind}'"))
        select $" and not (kind in ({kinds}) and exists (select from {TableName} where effect = '{effect.Name}'))");

    /// <summary>A rebuild takes nothing away before it begins, and a resumption of before leaves what was stopped after it: not
    /// for a moment is what is stopped taken up.</summary>
    private sealed class Rows : EventProjection
    {
        public Rows() => Name = StoppedEffects.Name;

        public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
        {
            if (e.Data is EffectStopped stopped)
            {
                operations.QueueSqlCommand(
                    $"insert into {TableName} (effect, reason, by, at) values (?, ?, ?, ?) on conflict (effect) do nothing",
                    stopped.Effect, stopped.Reason, e.UserName ?? "", stopped.StoppedAt.ToUniversalTime());
            }
            else if (e.Data is EffectResumed resumed)
            {
                operations.QueueSqlCommand(
                    $"delete from {TableName} where effect = ? and at <= ?",
                    resumed.Effect, resumed.ResumedAt.ToUniversalTime());
            }

            return ValueTask.CompletedTask;
        }
    }
}
