using Npgsql;
using Weasel.Postgresql.Tables;

namespace EPerfect.Orders.Provisioning.Embedded;

/// <summary>What the provisioner did under a token. Refused if there is a reason.</summary>
internal sealed record ProvisionEntry(Guid Token, string Plan, int Quantity, string Reference, string? Reason)
{
    public ProvisionAnswer Answer =>
        Reason is null ? new ProvisionAnswer.Provisioned(Reference) : new ProvisionAnswer.Refused(Reason);
}

/// <summary>The embedded provisioner's own books, in its own schema and its own transactions, as if it were far away.
/// </summary>
internal sealed class ProvisionLedger(NpgsqlConnection connection)
{
    private const string Schema = "provisioner";

    public static IEnumerable<Table> Tables()
    {
        var ledger = new Table($"{Schema}.ledger");
        ledger.AddColumn<Guid>("token").AsPrimaryKey();
        ledger.AddColumn<string>("plan").NotNull();
        ledger.AddColumn<int>("quantity").NotNull();
        ledger.AddColumn<string>("reference").NotNull();
        ledger.AddColumn<string>("reason");
        ledger.AddColumn<DateTimeOffset>("recorded_at").NotNull();
        yield return ledger;

        var calls = new Table($"{Schema}.calls");
        calls.AddColumn<Guid>("id").AsPrimaryKey();
        calls.AddColumn<Guid>("token").NotNull().AddIndex();
        calls.AddColumn<DateTimeOffset>("called_at").NotNull();
        yield return calls;
    }

    public async Task LockAsync(Guid token, CancellationToken ct)
    {
        await using var command = Command("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"{token:N}");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Notes a call, and tells the how-manieth it is of its token.</summary>
    public async Task<int> CallAsync(Guid token, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(
            $"""
            with noted as (insert into {Schema}.calls (id, token, called_at) values ($1, $2, $3))
            select 1 + count(*)::int from {Schema}.calls where token = $2
            """,
            Guid.CreateVersion7(now), token, now);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<ProvisionEntry?> FindAsync(Guid token, CancellationToken ct)
    {
        await using var command = Command(
            $"select token, plan, quantity, reference, reason from {Schema}.ledger where token = $1", token);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var reason = row.IsDBNull(4) ? null : row.GetString(4);
        return new(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), reason);
    }

    public async Task AddAsync(ProvisionEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(
            $"insert into {Schema}.ledger values ($1, $2, $3, $4, $5, $6)",
            entry.Token, entry.Plan, entry.Quantity, entry.Reference, entry.Reason, now);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, params IEnumerable<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
