using EPerfect.Privacy.Register.Merkle;
using Npgsql;

namespace EPerfect.Privacy.Register;

/// <summary>Reads the tree from its tables.</summary>
internal static class RegisterQueries
{
    public static async Task<long> SizeAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select coalesce(max(leaf_index) + 1, 0) from {schema}.{RegisterTables.Leaves}", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static NpgsqlCommand Entries(NpgsqlConnection connection, string schema, string clause, object[] parameters)
    {
        var command = new NpgsqlCommand(
            $"""
            select l.leaf_index, n.hash, l.leaf from {schema}.{RegisterTables.Leaves} l
            join {schema}.{RegisterTables.Nodes} n on n.level = 0 and n.node_index = l.leaf_index {clause}
            """,
            connection);
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        return command;
    }

    public static Entry Entry(NpgsqlDataReader row) =>
        new(row.GetInt64(0), Hex.Of(row.GetFieldValue<byte[]>(1)), row.GetString(2));

    public static async Task<IReadOnlyList<CheckpointRow>> CheckpointsAsync(
        NpgsqlConnection connection, string schema, string clause, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select number, tree_size, root, signed_at, signed from {schema}.{RegisterTables.Checkpoints} {clause}", connection);
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<CheckpointRow>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new CheckpointRow(
                rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3), rows.GetString(4)));
        }

        return found;
    }

    public static async Task<MerkleTree> TreeAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var size = await SizeAsync(connection, schema, cancellationToken);
        var edge = new LeafRange(0, size).Subtrees().ToArray();
        var known = await HashesAsync(connection, schema, edge, cancellationToken);
        return new MerkleTree(size, edge.Select(subtree => known[subtree]));
    }

    /// <summary>The hashes of these ranges, from one query for some ten rows each.</summary>
    public static async Task<IReadOnlyList<byte[]>> HashesAsync(
        NpgsqlConnection connection, string schema, IReadOnlyList<LeafRange> ranges, CancellationToken cancellationToken)
    {
        var wanted = ranges.SelectMany(range => range.Subtrees()).Distinct().ToArray();
        var known = await HashesAsync(connection, schema, wanted, cancellationToken);
        return [.. ranges.Select(range => range.Hash(known))];
    }

    private static async Task<Dictionary<Subtree, byte[]>> HashesAsync(
        NpgsqlConnection connection, string schema, Subtree[] wanted, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select n.level, n.node_index, n.hash from {schema}.{RegisterTables.Nodes} n
            join unnest($1, $2) as wanted (level, node_index) using (level, node_index)
            """,
            connection);
        command.Parameters.AddWithValue(wanted.Select(subtree => subtree.Level).ToArray());
        command.Parameters.AddWithValue(wanted.Select(subtree => subtree.Index).ToArray());
        var known = new Dictionary<Subtree, byte[]>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            known.Add(new Subtree(rows.GetInt32(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2));

        // Only while the projection is rebuilt; who asks is told to try again.
        return known.Count == wanted.Length ? known : throw new TimeoutException("The register is being rebuilt.");
    }
}
