using EPerfect.Contracts.Partners;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>A partner that was given something of the person, and what it was told, by duty, after that.</summary>
/// <param name="EntryId">Of which correction or erasure it has to hear.</param>
/// <param name="PartnerId">Which partner.</param>
/// <param name="GivenAt">When it was first given something of the person.</param>
/// <param name="Way">How it was told; null if it was not yet.</param>
/// <param name="ToldAt">When.</param>
/// <param name="AcknowledgedAt">When it said that it has acted on it.</param>
internal sealed record PartnerTelling(
    Guid EntryId, Guid PartnerId, DateTimeOffset GivenAt, string? Way, DateTimeOffset? ToldAt, DateTimeOffset? AcknowledgedAt);

/// <summary>Reads from the accounting who has to hear of a person's corrections and erasure: whoever was told, for another
/// reason than by duty, of something that stands in the feed before it.</summary>
internal sealed class PartnerTellings(NpgsqlDataSource database, IDocumentStore store)
{
    /// <summary>Every partner that was given something of the person.</summary>
    public async Task<IReadOnlyList<Guid>> GivenAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select distinct partner_id from {store.Options.DatabaseSchemaName}.{DisclosureTable.Name}
            where account_id = $1 and rule <> $2 order by partner_id
            """);
        command.Parameters.AddWithValue(accountId);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await rows.ReadAsync(cancellationToken)) found.Add(rows.GetGuid(0));
        return found;
    }

    /// <summary>The place in the feed before the first thing that the partner was ever given; null if it was given
    /// nothing.</summary>
    public async Task<long?> FirstGivenAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select min(position) - 1 from {store.Options.DatabaseSchemaName}.{DisclosureTable.Name}
            where partner_id = $1 and rule <> $2
            """);
        command.Parameters.AddWithValue(partnerId);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Of each correction: who has to hear of it, and whether it has.</summary>
    public Task<IReadOnlyList<PartnerTelling>> OfCorrectionsAsync(Guid accountId, CancellationToken cancellationToken) =>
        OfAsync(accountId, CustomerRectifiedData.EventType, cancellationToken);

    /// <summary>Of the erasure: who has to hear of it, and whether it has.</summary>
    public Task<IReadOnlyList<PartnerTelling>> OfErasureAsync(Guid accountId, CancellationToken cancellationToken) =>
        OfAsync(accountId, CustomerErasedData.EventType, cancellationToken);

    private async Task<IReadOnlyList<PartnerTelling>> OfAsync(
        Guid accountId, string eventType, CancellationToken cancellationToken)
    {
        var schema = store.Options.DatabaseSchemaName;
        await using var command = database.CreateCommand($"""
            select (e.data ->> 'entryId')::uuid, given.partner_id, given.at, told.way, told.at, told.acknowledged_at
            from {schema}.mt_events e
            cross join lateral (
                select partner_id, min(at) as at from {schema}.{DisclosureTable.Name}
                where account_id = $1 and rule <> $2 and position < e.seq_id group by partner_id) given
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
        command.Parameters.AddWithValue(eventType);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<PartnerTelling>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new PartnerTelling(
                rows.GetGuid(0),
                rows.GetGuid(1),
                rows.GetFieldValue<DateTimeOffset>(2),
                rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4),
                rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5)));
        }

        return found;
    }
}
