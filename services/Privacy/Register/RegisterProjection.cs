using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Merkle;
using EPerfect.Privacy.Register.Recording;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace EPerfect.Privacy.Register;

/// <summary>
/// Lays the openings out as a Merkle tree, in the order of the store. One node does it at a time, page after page, and each
/// page commits with its progress; so the index of an entry is the same on every rebuild.
/// </summary>
internal sealed class RegisterProjection : ProjectionBase, IProjection
{
    public const string ProjectionName = "register";
    private readonly string schema;

    public RegisterProjection(string schema)
    {
        this.schema = schema;
        Name = ProjectionName;
        IncludeType<OpeningRecorded>();
        IncludeType<CheckpointSigned>();
        foreach (var table in (string[])[RegisterTables.Leaves, RegisterTables.Nodes, RegisterTables.Checkpoints])
            Options.DeleteDataInTableOnTeardown($"{schema}.{table}");
    }

    public async Task ApplyAsync(
        IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        if (events.Any(e => e.Data is OpeningRecorded)) await GrowAsync(operations, events, cancellation);
        foreach (var e in events)
        {
            if (e.Data is not CheckpointSigned signed) continue;
            operations.QueueSqlCommand(
                $"insert into {schema}.{RegisterTables.Checkpoints} values (?, ?, ?, ?, ?)",
                e.Version, signed.Size, signed.Root, signed.SignedAt.ToUniversalTime(), signed.Signed);
        }
    }

    private async Task GrowAsync(
        IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        await using var connection = operations.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        var tree = await RegisterQueries.TreeAsync(connection, schema, cancellation);
        foreach (var opening in events.Select(e => e.Data).OfType<OpeningRecorded>())
        {
            var leaf = Leaf.Of(opening).Text();
            operations.QueueSqlCommand(
                $"insert into {schema}.{RegisterTables.Leaves} values (?, ?, ?, ?, ?)",
                tree.Size, opening.OpeningId, opening.AccountId, opening.OpenedAt.ToUniversalTime(), leaf);
            foreach (var (place, hash) in tree.Append(MerkleHash.Leaf(System.Text.Encoding.UTF8.GetBytes(leaf))))
            {
                operations.QueueSqlCommand(
                    $"insert into {schema}.{RegisterTables.Nodes} values (?, ?, ?)", place.Level, place.Index, hash);
            }
        }
    }
}
