using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What others had of a service and lost (with the broker's data, with a database) it publishes again under the old ids, so
/// that who still has it does nothing twice. They know by their receipts: what is older than those are kept is not published
/// again. Nor is the publisher ever moved forward: what it passes over is lost.
/// </summary>
internal static class PublishingAgain
{
    private const string Progress = $"{MartenBaseline.Schema}.mt_event_progression";
    private const string Events = $"{MartenBaseline.Schema}.mt_events";
    private const string Name = $"'{Publisher.SubscriptionName}:All'";

    // Marten takes a place of 0 for none, and begins a second one: at the beginning there is none.
    private const string MoveBack = $"""
        with may as (select from {Progress} where name = {Name} and $1 between 1 and last_seq_id
                and not exists (select from {Events} where seq_id >= $1 and timestamp <= $2)),
            back as (update {Progress} set last_seq_id = $1 - 1 where name = {Name} and $1 > 1 and exists (select from may)),
            begin_anew as (delete from {Progress} where name = {Name} and $1 = 1 and exists (select from may))
        select count(*) from {Events} where seq_id >= $1 having exists (select from may)
        """;

    /// <summary>What is sent again may wait for a while, and its receipt must not be swept meanwhile.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(7);

    /// <summary>What was stored at this time or before is not published again.</summary>
    public static DateTimeOffset ForgottenUntil(TimeProvider clock) =>
        Receipt.Retention.BeginOfThoseThatEnd(clock.GetUtcNow()) + Margin;

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
