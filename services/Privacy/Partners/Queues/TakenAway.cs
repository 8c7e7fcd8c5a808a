using EPerfect.Privacy.Partners.Feed;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>
/// Finds out whether something was decided after which what was let out before may be told no more: of somebody of whom the
/// partner was told, or with the partner itself. By which way does not count: the accounting has one line for all.
/// </summary>
internal sealed class TakenAway(NpgsqlDataSource database, IDocumentStore store)
{
    private static readonly string[] Types =
    [
        "consent_changed", "policy_set_acknowledged", "notice_given", "processing_restricted", "person_erasure_ordered",
        "synthetic_consent_withdrawn", "synthetic_person_erased",
        "agreement_narrowed", "agreement_activated", "partner_key_changed",
    ];

    /// <summary>After one place in the store and no further than another.</summary>
    public async Task<bool> AnyAsync(Guid partner, long after, long end, CancellationToken cancellationToken)
    {
        if (end <= after) return false;
        var schema = store.Options.DatabaseSchemaName;
        await using var command = database.CreateCommand($"""
            select exists (
                select from {schema}.mt_events e
                where e.seq_id > $1 and e.seq_id <= $2 and e.type = any($3) and (e.stream_id = $4 or exists (
                    select from {schema}.{DisclosureTable.Name} d
                    where d.partner_id = $4 and d.account_id = e.stream_id and d.position < e.seq_id)))
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(end);
        command.Parameters.AddWithValue(Types);
        command.Parameters.AddWithValue(partner);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
