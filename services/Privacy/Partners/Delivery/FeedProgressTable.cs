using Marten;
using Weasel.Postgresql.Tables;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>A row for each partner and way: up to where it has everything. No projection: nothing else tells it.</summary>
internal static class FeedProgressTable
{
    public const string Name = "feed_progress";

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        table.AddColumn<Guid>("partner_id").AsPrimaryKey();
        table.AddColumn<string>("way").AsPrimaryKey();
        table.AddColumn<long>("position").NotNull();
        table.AddColumn<bool>("is_on").NotNull();
        table.AddColumn<int>("failures").NotNull().DefaultValue(0);
        table.AddColumn<DateTimeOffset>("failing_since");
        table.AddColumn<DateTimeOffset>("next_attempt_at");
        table.AddColumn("types", "varchar[]").NotNull().DefaultValueByExpression("'{}'");
        table.AddColumn("redeliver", "bigint[]").NotNull().DefaultValueByExpression("'{}'");
        table.AddColumn<int>("taken_back").NotNull().DefaultValue(0);
        options.Storage.ExtendedSchemaObjects.Add(table);
    }
}
