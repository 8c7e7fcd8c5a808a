using System.Data;
using System.Text.Json.Nodes;

namespace EPerfect.Chaos.Checker;

/// <summary>An event as it lies in a store.</summary>
internal sealed record StoredEvent(Guid Stream, long Version, string Type, JsonObject Data)
{
    public string Text(string member) => Data[member]!.GetValue<string>();

    public Guid Id(string member) => Guid.Parse(Text(member));

    public decimal Money(string member) => Data[member]!.GetValue<decimal>();

    /// <summary>The events of some types, in the order of their streams.</summary>
    public static Task<IReadOnlyList<StoredEvent>> ReadAsync(Npgsql.NpgsqlConnection connection, params string[] types) =>
        Stores.QueryAsync(
            connection,
            "select stream_id, version, type, data::text from store.mt_events where type in ("
            + string.Join(", ", types.Select(type => $"'{type}'")) + ") order by stream_id, version",
            row => new StoredEvent(
                row.GetGuid(0), row.GetInt64(1), row.GetString(2), JsonNode.Parse(row.GetString(3))!.AsObject()));

    /// <summary>The same, in a moment of its own.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> ReadAsync(Stores stores, string service, params string[] types)
    {
        await using var connection = await stores.OpenAsync(service);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        return await ReadAsync(connection, types);
    }
}
