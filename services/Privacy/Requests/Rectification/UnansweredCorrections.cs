using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Requests.Rectification;

/// <param name="CorrectionId">The correction.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="AnswerBy">Until when partners have to answer.</param>
/// <param name="Partners">Which have not.</param>
internal sealed record UnansweredCorrection(
    Guid CorrectionId, Guid AccountId, DateTimeOffset AnswerBy, IReadOnlyList<Guid> Partners);

/// <summary>Reads which corrections somebody has to answer still, by the accounting: of whom a partner was told before, and
/// whether it acknowledged the correction. Of a person who is being erased all is to be deleted, and nothing corrected.</summary>
internal sealed class UnansweredCorrections(NpgsqlDataSource database, IDocumentStore store)
{
    private string Schema => store.Options.DatabaseSchemaName;

    /// <summary>The most urgent first.</summary>
    public async Task<IReadOnlyList<UnansweredCorrection>> ReadAsync(
        Cursor? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select c.rectification_id, c.account_id, c.answer_by, silent.partners
            from {Schema}.{UnansweredCorrectionRows.TableName} c
            cross join lateral (
                select array_agg(distinct given.partner_id) as partners
                from {Schema}.mt_events e
                join {Schema}.{DisclosureTable.Name} given
                    on given.account_id = c.account_id and given.rule <> $1 and given.position < e.seq_id
                where e.stream_id = c.feed_id and e.type = 'feed_entry_recorded' and (e.data ->> 'entryId')::uuid = c.entry_id
                and given.partner_id <> all (c.told)
                and not exists (
                    select from {Schema}.{DisclosureTable.Name} told
                    where told.entry_id = c.entry_id and told.partner_id = given.partner_id
                    and told.acknowledged_at is not null)) silent
            where silent.partners is not null and (c.answer_by, c.rectification_id) > ($2, $3)
            and not exists (
                select from {Schema}.mt_events where stream_id = c.account_id and type = 'person_erasure_ordered')
            order by c.answer_by, c.rectification_id limit $4
            """);
        command.Parameters.AddWithValue(FeedRules.DutyToNotify);
        command.Parameters.AddWithValue((after?.At ?? DateTimeOffset.UnixEpoch).ToUniversalTime());
        command.Parameters.AddWithValue(after?.Id ?? Guid.Empty);
        command.Parameters.AddWithValue(limit);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<UnansweredCorrection>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<Guid[]>(3)));
        }

        return found;
    }
}
