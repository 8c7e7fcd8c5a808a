using EPerfect.Contracts.Partners;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>A partner that was given something of the person before a correction, and what it was told of that.</summary>
internal sealed record PartnerTelling(
    Guid EntryId, Guid PartnerId, string? Way, DateTimeOffset? ToldAt, DateTimeOffset? AcknowledgedAt);

/// <summary>Reads from the accounting who has to hear of a person's corrections: whoever was told, for another reason than by
/// duty, of something that stands in the feed before it.</summary>
internal sealed class PartnerTellings(NpgsqlDataSource database, IDocumentStore store)
{
    public async Task<IReadOnlyList<PartnerTelling>> OfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var schema = store.Options.DatabaseSchemaName;
        await using var command = database.CreateCommand($"""
            select (e.data ->> 'entryId')::uuid, given.partner_id, told.way, told.at, told.acknowledged_at
            from {schema}.mt_events e
            cross join lateral (
                select distinct partner_id from {schema}.{DisclosureTable.Name}
                where account_id = $1 and rule <> $2 and position < e.seq_id) given
            left join lateral (
                select way, at, acknowledged_at from {schema}.{DisclosureTable.Name}
                where entry_id = (e.data ->> 'entryId')::uuid and partner_id = given.partner_id
                order by acknowledged_at nulls last, at limit 1) told on true
            where e.stream_id = $3 and e.type = 'feed_entry_recorded' and e.data ->> 'type' = $4
            order by e.seq_id, given.partner_id
            """);
        command.Parameters.AddWithValue(accountId);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        command.Parameters.AddWithValue(RecordEntry.StreamOf(accountId));
        command.Parameters.AddWithValue(CustomerRectifiedData.EventType);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<PartnerTelling>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new PartnerTelling(
                rows.GetGuid(0),
                rows.GetGuid(1),
                rows.IsDBNull(2) ? null : rows.GetString(2),
                rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4)));
        }

        return found;
    }
}
