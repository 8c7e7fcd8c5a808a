using Marten;
using Weasel.Postgresql.Tables;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>What was told to whom: the person's own accounting. Ids and facts of the telling, none of the data.</summary>
internal static class DisclosureTable
{
    public const string Name = "partner_disclosures";

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn<Guid>("account_id").NotNull()
            .AddIndex(index => index.Columns = ["account_id", "at", "id"]);
        table.AddColumn<Guid>("partner_id").NotNull()
            .AddIndex(index => index.Columns = ["partner_id", "account_id"]);
        table.AddColumn<Guid>("entry_id").NotNull()
            .AddIndex(index => index.Columns = ["entry_id", "partner_id"]);
        table.AddColumn<string>("type").NotNull();
        table.AddColumn("fields", "text[]").NotNull();
        table.AddColumn<string>("purpose");
        table.AddColumn<string>("rule").NotNull();
        table.AddColumn<int>("policy_version");
        table.AddColumn<int>("agreement_version").NotNull();
        table.AddColumn<long>("position").NotNull();
        table.AddColumn<long>("person_version").NotNull();
        table.AddColumn<string>("way").NotNull();
        table.AddColumn<DateTimeOffset>("at").NotNull()
            .AddIndex(index => index.Columns = ["partner_id", "at", "id"]);
        table.AddColumn<DateTimeOffset>("acknowledged_at");
        options.Storage.ExtendedSchemaObjects.Add(table);
    }
}
