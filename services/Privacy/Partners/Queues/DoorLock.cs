using EPerfect.ServiceDefaults;
using Npgsql;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>One at a time changes who may read a partner's queue: who is given a password now is not taken for who gave the
/// queue back a moment ago. Held by a session of its own, which ends with it.</summary>
internal sealed class DoorLock([FromKeyedServices(Locks.Key)] NpgsqlDataSource database)
{
    /// <summary>Who holds it asks the broker a few things.</summary>
    private const int MostSecondsToWait = 10;

    public async Task<IAsyncDisposable> TakeAsync(Guid partner, CancellationToken cancellationToken)
    {
        var session = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("select pg_advisory_lock(hashtextextended($1, 0))", session)
            {
                CommandTimeout = MostSecondsToWait,
            };
            command.Parameters.AddWithValue($"queue {partner:N}");
            await command.ExecuteNonQueryAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
