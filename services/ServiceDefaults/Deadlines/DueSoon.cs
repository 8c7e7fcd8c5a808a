using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What falls due in one of the next 24 hours.</summary>
/// <param name="Kind">What is due.</param>
/// <param name="From">The beginning of the hour, in UTC.</param>
/// <param name="Count">How much of it.</param>
/// <param name="HeldBy">The effect that an operator has stopped; null if nothing holds it.</param>
public sealed record DueSoon(string Kind, DateTimeOffset From, long Count, string? HeldBy)
{
    internal static async Task<IReadOnlyList<DueSoon>> CountAsync(
        NpgsqlDataSource database, IReadOnlyList<Effect> effects, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select kind, date_trunc('hour', due, 'UTC'), count(*), {StuckDeadline.HoldOf(effects)}
            from {MartenBaseline.Schema}.{DeadlineTable.Name}
            where due >= $1 and due < $2
            group by 1, 2, 4 order by 2, 1
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now.AddDays(1));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<DueSoon>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetString(0),
                rows.GetFieldValue<DateTimeOffset>(1),
                rows.GetInt64(2),
                await rows.IsDBNullAsync(3, ct) ? null : rows.GetString(3)));
        }

        return found;
    }
}
