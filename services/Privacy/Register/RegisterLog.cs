using EPerfect.Privacy.Register.Merkle;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Register;

/// <summary>An entry as it stands in the register.</summary>
internal sealed record Entry(long Index, string Hash, string Leaf);

/// <summary>A checkpoint as it stands in the register.</summary>
internal sealed record CheckpointRow(long Number, long Size, string Root, DateTimeOffset At, string Signed);

/// <summary>Reads the register.</summary>
internal sealed class RegisterLog(NpgsqlDataSource database, IDocumentStore store)
{
    private string Schema => store.Options.DatabaseSchemaName;

    public async Task<MerkleTree> TreeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await RegisterQueries.TreeAsync(connection, Schema, cancellationToken);
    }

    public async Task<IReadOnlyList<byte[]>> HashesAsync(
        IReadOnlyList<LeafRange> ranges, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await RegisterQueries.HashesAsync(connection, Schema, ranges, cancellationToken);
    }

    /// <summary>Entries.</summary>
    /// <param name="clause">Which, in which order: what follows <c>from</c>; entries are <c>l</c>.</param>
    /// <param name="parameters">Of the clause.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Entry>> EntriesAsync(
        string clause, object[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = RegisterQueries.Entries(connection, Schema, clause, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Entry>();
        while (await rows.ReadAsync(cancellationToken)) found.Add(RegisterQueries.Entry(rows));
        return found;
    }

    /// <summary>Checkpoints, the newest first.</summary>
    public async Task<IReadOnlyList<CheckpointRow>> CheckpointsAsync(
        long before, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await RegisterQueries.CheckpointsAsync(
            connection, Schema, "where number < $1 order by number desc limit $2", [before, most], cancellationToken);
    }

    public async Task<CheckpointRow?> NewestCheckpointAsync(CancellationToken cancellationToken) =>
        await CheckpointsAsync(long.MaxValue, 1, cancellationToken) is [var newest] ? newest : null;
}
