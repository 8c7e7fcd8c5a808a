using Marten;
using Weasel.Postgresql.Tables;

namespace EPerfect.Privacy.Register;

/// <summary>The tables of the register: a projection. Dropped and rebuilt from the events, they are the same, and so is
/// every root.</summary>
internal static class RegisterTables
{
    public const string Leaves = "register_leaves";
    public const string Nodes = "register_nodes";
    public const string Checkpoints = "register_checkpoints";

    public static void Add(StoreOptions options)
    {
        var leaves = new Table($"{options.DatabaseSchemaName}.{Leaves}");
        leaves.AddColumn<long>("leaf_index").AsPrimaryKey();
        leaves.AddColumn<Guid>("opening_id").NotNull().AddIndex(index => index.IsUnique = true);
        leaves.AddColumn<Guid>("account_id").NotNull().AddIndex();
        leaves.AddColumn<DateTimeOffset>("opened_at").NotNull();
        leaves.AddColumn<string>("leaf").NotNull();

        // The hash of each complete subtree: a proof then takes a few rows, not the whole log.
        var nodes = new Table($"{options.DatabaseSchemaName}.{Nodes}");
        nodes.AddColumn<int>("level").AsPrimaryKey();
        nodes.AddColumn<long>("node_index").AsPrimaryKey();
        nodes.AddColumn("hash", "bytea").NotNull();

        var checkpoints = new Table($"{options.DatabaseSchemaName}.{Checkpoints}");
        checkpoints.AddColumn<long>("number").AsPrimaryKey();
        checkpoints.AddColumn<long>("tree_size").NotNull().AddIndex();
        checkpoints.AddColumn<string>("root").NotNull();
        checkpoints.AddColumn<DateTimeOffset>("signed_at").NotNull();
        checkpoints.AddColumn<string>("signed").NotNull();

        options.Storage.ExtendedSchemaObjects.Add(leaves);
        options.Storage.ExtendedSchemaObjects.Add(nodes);
        options.Storage.ExtendedSchemaObjects.Add(checkpoints);
    }
}
