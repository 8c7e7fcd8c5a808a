using EPerfect.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Writes and reads the accounting.</summary>
internal static class DisclosureLog
{
    private const string Columns =
        "id, account_id, partner_id, entry_id, type, fields, purpose, rule, policy_version, agreement_version, position, "
        + "person_version, way, at";

    /// <summary>Adds lines; those that stand there already stay as they are.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection, string schema, IReadOnlyList<Disclosure> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var line in lines)
        {
            var command = new NpgsqlBatchCommand(
                // What was told again after it was acknowledged, under another agreement, is acknowledged. Nothing else ever
                // is: not looked for, as a table without statistics is read whole for each line.
                $"insert into {schema}.{DisclosureTable.Name} ({Columns}, acknowledged_at) "
                + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
                + $"case when $8 = '{FeedRules.DutyToNotify}' then ("
                + $"select min(acknowledged_at) from {schema}.{DisclosureTable.Name} "
                + "where partner_id = $3 and entry_id = $4 and rule = $8) end) on conflict do nothing");
            command.Parameters.AddWithValue(line.Id);
            command.Parameters.AddWithValue(line.AccountId);
            command.Parameters.AddWithValue(line.PartnerId);
            command.Parameters.AddWithValue(line.EntryId);
            command.Parameters.AddWithValue(line.Type);
            command.Parameters.AddWithValue(line.Fields.ToArray());
            command.Parameters.Add(new() { Value = (object?)line.Purpose ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
            command.Parameters.AddWithValue(line.Rule);
            command.Parameters.Add(
                new() { Value = (object?)line.PolicyVersion ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
            command.Parameters.AddWithValue(line.AgreementVersion);
            command.Parameters.AddWithValue(line.Position);
            command.Parameters.AddWithValue(line.PersonVersion);
            command.Parameters.AddWithValue(line.Way);
            command.Parameters.AddWithValue(line.At.ToUniversalTime());
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lines, in the order of the clause.</summary>
    public static async Task<IReadOnlyList<Disclosure>> ReadAsync(
        NpgsqlDataSource database, string schema, string clause, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select {Columns}, acknowledged_at from {schema}.{DisclosureTable.Name} {clause}");
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Disclosure>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new Disclosure(
                rows.GetGuid(0),
                rows.GetGuid(1),
                rows.GetGuid(2),
                rows.GetGuid(3),
                rows.GetString(4),
                rows.GetFieldValue<string[]>(5),
                rows.IsDBNull(6) ? null : rows.GetString(6),
                rows.GetString(7),
                rows.IsDBNull(8) ? null : rows.GetInt32(8),
                rows.GetInt32(9),
                rows.GetInt64(10),
                rows.GetInt64(11),
                rows.GetString(12),
                rows.GetFieldValue<DateTimeOffset>(13),
                rows.IsDBNull(14) ? null : rows.GetFieldValue<DateTimeOffset>(14)));
        }

        return found;
    }

    /// <summary>What the partner was told by duty under that number: of whom, and what kind of event; null if
    /// nothing.</summary>
    public static async Task<(Guid AccountId, string Type)?> FindOwedAsync(
        NpgsqlDataSource database, string schema, Guid partner, Guid entry, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select account_id, type from {schema}.{DisclosureTable.Name} "
            + "where partner_id = $1 and entry_id = $2 and rule = $3 limit 1");
        command.Parameters.AddWithValue(partner);
        command.Parameters.AddWithValue(entry);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? (rows.GetGuid(0), rows.GetString(1)) : null;
    }

    /// <summary>Notes that the partner acted on what it was told by duty, the first time that it says so.</summary>
    public static void Acknowledge(UnitOfWork work, string schema, Guid partner, Guid entry, DateTimeOffset at) =>
        work.Session.QueueSqlCommand(
            $"update {schema}.{DisclosureTable.Name} set acknowledged_at = coalesce(acknowledged_at, ?) "
            + "where partner_id = ? and entry_id = ? and rule = ?",
            at.ToUniversalTime(), partner, entry, FeedRules.DutyToNotify);

    /// <summary>Of whom the partner was ever told something, of these; what was told by duty does not count.</summary>
    public static async Task<HashSet<Guid>> ToldAsync(
        NpgsqlConnection connection, string schema, Guid partner, Guid[] accounts, CancellationToken cancellationToken)
    {
        if (accounts.Length == 0) return [];
        await using var command = new NpgsqlCommand(
            $"""
            select asked.id from unnest($2) asked(id) where exists (
                select from {schema}.{DisclosureTable.Name} where partner_id = $1 and account_id = asked.id and rule <> $3)
            """,
            connection);
        command.Parameters.AddWithValue(partner);
        command.Parameters.AddWithValue(accounts);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<Guid>();
        while (await rows.ReadAsync(cancellationToken)) found.Add(rows.GetGuid(0));
        return found;
    }
}
