using System.Data;
using System.Text;
using Npgsql;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>Writes the register as it is at one moment.</summary>
internal static class RegisterExport
{
    public static async Task<long> WriteAsync(
        NpgsqlDataSource database, string schema, Stream file, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var checkpoints = new Queue<CheckpointRow>(
            await RegisterQueries.CheckpointsAsync(connection, schema, "order by number", [], cancellationToken));
        await using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(RegisterFile.Header);
        await using var command = RegisterQueries.Entries(connection, schema, "order by l.leaf_index", []);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var written = 0L;
        await WriteDueAsync();
        for (; await rows.ReadAsync(cancellationToken); await WriteDueAsync())
        {
            await writer.WriteLineAsync(RegisterFile.Line(RegisterQueries.Entry(rows)));
            written++;
        }

        // What was signed for and is not there is for the verifier to name.
        while (checkpoints.TryDequeue(out var beyond)) await writer.WriteLineAsync(RegisterFile.Line(beyond));
        return written;

        async Task WriteDueAsync()
        {
            while (checkpoints.TryPeek(out var next) && next.Size <= written)
                await writer.WriteLineAsync(RegisterFile.Line(checkpoints.Dequeue()));
        }
    }
}
