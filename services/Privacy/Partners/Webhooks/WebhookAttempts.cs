using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>An event was posted: what came of it. Neither what was sent nor what was answered.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="EventId">What was posted.</param>
/// <param name="Type">Its type.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">In a word; see <see cref="Posting.Outcomes"/>.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record WebhookAttempt(
    Guid Id, Guid EventId, string Type, DateTimeOffset At, string Outcome, int? Status, int Milliseconds);

/// <summary>The delivery log.</summary>
internal sealed class WebhookAttempts(NpgsqlDataSource database, IDocumentStore store)
{
    public const string Name = "webhook_attempts";

    public static readonly Retention Retention = new(
        "webhook-attempts", RetentionTrigger.EntryWritten, "P30D", "a partner looks for the cause of what did not arrive");

    private string Table => $"{store.Options.DatabaseSchemaName}.{Name}";

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn<Guid>("partner_id").NotNull().AddIndex(index => index.Columns = ["partner_id", "at", "id"]);
        table.AddColumn<Guid>("event_id").NotNull();
        table.AddColumn<string>("type").NotNull();
        table.AddColumn<DateTimeOffset>("at").NotNull().AddIndex();
        table.AddColumn<string>("outcome").NotNull();
        table.AddColumn<int>("status");
        table.AddColumn<int>("milliseconds").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public async Task AddAsync(Guid partner, WebhookAttempt attempt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"insert into {Table} (id, partner_id, event_id, type, at, outcome, status, milliseconds) "
            + "values ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.AddWithValue(attempt.Id);
        command.Parameters.AddWithValue(partner);
        command.Parameters.AddWithValue(attempt.EventId);
        command.Parameters.AddWithValue(attempt.Type);
        command.Parameters.AddWithValue(attempt.At.ToUniversalTime());
        command.Parameters.AddWithValue(attempt.Outcome);
        command.Parameters.Add(
            new() { Value = (object?)attempt.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.AddWithValue(attempt.Milliseconds);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<WebhookAttempt>> OfAsync(
        Guid partner, Cursor before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select id, event_id, type, at, outcome, status, milliseconds from {Table} "
            + "where partner_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4");
        command.Parameters.AddWithValue(partner);
        command.Parameters.AddWithValue(before.At.ToUniversalTime());
        command.Parameters.AddWithValue(before.Id);
        command.Parameters.AddWithValue(limit);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<WebhookAttempt>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new WebhookAttempt(
                rows.GetGuid(0),
                rows.GetGuid(1),
                rows.GetString(2),
                rows.GetFieldValue<DateTimeOffset>(3),
                rows.GetString(4),
                rows.IsDBNull(5) ? null : rows.GetInt32(5),
                rows.GetInt32(6)));
        }

        return found;
    }
}

/// <summary>Deletes what is too old to help anybody.</summary>
internal sealed class SweepWebhookAttempts(IDocumentStore store) : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) => run.DeleteAsync(
        $"delete from {store.Options.DatabaseSchemaName}.{WebhookAttempts.Name} where at < $1", cancellationToken);
}
