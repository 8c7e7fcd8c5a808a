using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>The right to rotate, held by one process at a time and lost with its connection.</summary>
internal sealed class Turn(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public static Task<Turn?> TryTakeAsync(VaultOptions options, CancellationToken ct) => Outage.GuardAsync(async () =>
    {
        var connection = await options.Source.OpenConnectionAsync(ct);
        try
        {
            // Kept by an open transaction that does nothing else, so it holds up no vacuum.
            var transaction = await connection.BeginTransactionAsync(ct);
            await using var command = new NpgsqlCommand(
                "select pg_try_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction);
            command.Parameters.Add(new NpgsqlParameter { Value = $"vault {options.Schema} rotation" });
            if ((bool)(await command.ExecuteScalarAsync(ct))!)
            {
                return new Turn(connection, transaction);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    });

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
