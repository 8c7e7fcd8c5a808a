using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Orders.Ordering;

/// <summary>How many orders are on their way, in which state. Those that have ended are not counted: there is no end to
/// them, and looking must stay cheap.</summary>
internal sealed class OrderMeasure(NpgsqlDataSource database, IDocumentStore store) : IMeasure
{
    private static readonly Gauge Orders = new("eperfect.orders", "{order}", "Orders on their way, by state");

    private static readonly string[] OnTheirWay =
        [.. Enum.GetValues<OrderStatus>().Except([OrderStatus.Active, OrderStatus.Cancelled]).Select(state => state.ToString())];

    public IReadOnlyList<Gauge> Gauges { get; } = [Orders];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select s.state, (select count(*) from {store.Options.DatabaseSchemaName}.mt_doc_ordersummary o
                             where o.data ->> 'status' = s.state)
            from unnest($1) s(state)
            """);
        command.Parameters.AddWithValue(OnTheirWay);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Measured>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(Measured.Of(Orders, rows.GetInt64(1), "state", rows.GetString(0).ToLowerInvariant()));
        return found;
    }
}
