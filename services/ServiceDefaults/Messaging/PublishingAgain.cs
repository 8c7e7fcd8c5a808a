using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What others had of a service and lost (with the broker's data, with a database) it publishes again under the old ids, so
/// that who still has it does nothing twice. They know by their receipts: what is older than those are kept is not published
/// again. Nor is the publisher ever moved forward: what it passes over is lost.
/// </summary>
internal static class PublishingAgain
{
    private const string MoveBack = $"""
        update {MartenBaseline.Schema}.mt_event_progression set last_seq_id = $1 - 1
        where name = '{Publisher.SubscriptionName}:All' and $1 between 1 and last_seq_id
            and not exists (select from {MartenBaseline.Schema}.mt_events where seq_id >= $1 and timestamp <= $2)
        returning (select count(*) from {MartenBaseline.Schema}.mt_events where seq_id >= $1)
        """;

    /// <summary>What was stored at this time or before is not published again.</summary>
    public static DateTimeOffset ForgottenUntil(TimeProvider clock) => Receipt.Retention.BeginOfThoseThatEnd(clock.GetUtcNow());

    /// <summary>Takes effect when the service starts, and only while it does not run.</summary>
    /// <returns>How many events; null if that one was not published yet, or others may have forgotten that they had it.</returns>
    public static async Task<long?> FromAsync(NpgsqlDataSource database, long sequence, TimeProvider clock)
    {
        await using var command = database.CreateCommand(MoveBack);
        command.Parameters.AddWithValue(sequence);
        command.Parameters.AddWithValue(ForgottenUntil(clock).ToUniversalTime());
        return (long?)await command.ExecuteScalarAsync();
    }
}
