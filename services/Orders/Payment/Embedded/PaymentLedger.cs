using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.Orders.Payment.Embedded;

/// <summary>The embedded gateway's own books, in its own schema and its own transactions, as if it were far away.
/// </summary>
internal sealed class PaymentLedger(NpgsqlConnection connection)
{
    private const string Schema = "payment_gateway";

    public static IEnumerable<Table> Tables()
    {
        var ledger = new Table($"{Schema}.ledger");
        ledger.AddColumn<string>("kind").AsPrimaryKey();
        ledger.AddColumn<Guid>("idempotency_key").AsPrimaryKey();
        ledger.AddColumn<string>("reference").NotNull().AddIndex();
        ledger.AddColumn<string>("parent").AddIndex();
        ledger.AddColumn<decimal>("amount").NotNull();
        ledger.AddColumn<string>("currency").NotNull();
        ledger.AddColumn<string>("behaviour").NotNull();
        ledger.AddColumn<string>("reason");
        ledger.AddColumn<DateTimeOffset>("recorded_at").NotNull();
        yield return ledger;

        var calls = new Table($"{Schema}.calls");
        calls.AddColumn<Guid>("id").AsPrimaryKey();
        calls.AddColumn<string>("kind").NotNull();
        calls.AddColumn<Guid>("idempotency_key").NotNull().AddIndex();
        calls.AddColumn<DateTimeOffset>("called_at").NotNull();
        yield return calls;
    }

    /// <summary>In one trip: waits for whatever concerns the same payment, notes the call, and looks for its answer.</summary>
    /// <returns>The how-manieth call it is of its kind and key, and what was answered before.</returns>
    public async Task<(int Nth, LedgerEntry? Entry)> EnterAsync(GatewayCall call, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Fill(
            new("select pg_advisory_xact_lock(hashtextextended($1, 0))"), call.Lane));
        batch.BatchCommands.Add(Fill(
            new($"""
            with noted as (insert into {Schema}.calls (id, kind, idempotency_key, called_at) values ($1, $2, $3, $4))
            select 1 + count(*)::int from {Schema}.calls where kind = $2 and idempotency_key = $3
            """),
            Guid.CreateVersion7(now), call.Kind.ToString(), call.Key, now));
        batch.BatchCommands.Add(Fill(new(Find("kind = $1 and idempotency_key = $2")), call.Kind.ToString(), call.Key));
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        var nth = rows.GetInt32(0);
        await rows.NextResultAsync(ct);
        return (nth, await EntryAsync(rows, ct));
    }

    public Task<LedgerEntry?> FindAsync(LedgerKind kind, Guid key, CancellationToken ct) =>
        FindAsync("kind = $1 and idempotency_key = $2", [kind.ToString(), key], ct);

    public Task<LedgerEntry?> FindAsync(string reference, CancellationToken ct) =>
        FindAsync("reference = $1", [reference], ct);

    public async Task<decimal> RefundedAsync(string capture, CancellationToken ct)
    {
        await using var command = Command(
            $"""
            select coalesce(sum(amount), 0) from {Schema}.ledger
            where kind = 'Refund' and parent = $1 and reason is null
            """,
            capture);
        return (decimal)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task AddAsync(LedgerEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(
            $"insert into {Schema}.ledger values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            entry.Kind.ToString(), entry.Key, entry.Reference, entry.Parent, entry.Amount, entry.Currency,
            entry.Behaviour, entry.Reason, now);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<LedgerEntry?> FindAsync(string where, object[] values, CancellationToken ct)
    {
        await using var command = Command(Find(where), values);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await EntryAsync(row, ct);
    }

    private static string Find(string where) => $"""
        select kind, idempotency_key, reference, parent, amount, currency, behaviour, reason
        from {Schema}.ledger where {where}
        """;

    private static async Task<LedgerEntry?> EntryAsync(NpgsqlDataReader row, CancellationToken ct)
    {
        if (!await row.ReadAsync(ct)) return null;
        return new(
            Enum.Parse<LedgerKind>(row.GetString(0)), row.GetGuid(1), row.GetString(2), Text(3),
            row.GetDecimal(4), row.GetString(5), row.GetString(6), Text(7));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    private static NpgsqlBatchCommand Fill(NpgsqlBatchCommand command, params IEnumerable<object> values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private NpgsqlCommand Command(string sql, params IEnumerable<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
