using Npgsql;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>One at a time changes who may read a partner's queue: who is given a password now is not taken for who gave the
/// queue back a moment ago.</summary>
internal sealed class DoorLock(NpgsqlDataSource database)
{
    public async Task<IAsyncDisposable> TakeAsync(Guid partner, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var held = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "select pg_advisory_xact_lock(hashtextextended($1, 0))", connection, held);
            command.Parameters.AddWithValue($"queue {partner:N}");
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
