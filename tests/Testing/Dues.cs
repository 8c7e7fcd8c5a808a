using Npgsql;
using Xunit;

namespace EPerfect.Testing;

/// <summary>What is due at a service.</summary>
public static class Dues
{
    /// <summary>Something is due that no event has set.</summary>
    /// <param name="service">Where.</param>
    /// <param name="stream">For what.</param>
    /// <param name="kind">What.</param>
    /// <param name="argument">Distinguishes several of a kind.</param>
    /// <param name="due">When; null for now.</param>
    public static Task SetDueAsync(
        this TestService service, Guid stream, string kind, string argument = "", DateTimeOffset? due = null) => AskAsync(
            service,
            "insert into store.deadlines (stream_id, kind, argument, due) values ($1, $2, $3, $4)",
            stream, kind, argument, due ?? DateTimeOffset.UtcNow);

    /// <summary>How much is due for a stream, now or later.</summary>
    /// <param name="service">Where.</param>
    /// <param name="stream">For what.</param>
    public static async Task<long> CountDueAsync(this TestService service, Guid stream) =>
        (long)(await AskAsync(service, "select count(*) from store.deadlines where stream_id = $1", stream))!;

    /// <summary>It ends, and did not come for ever.</summary>
    /// <param name="service">Where.</param>
    /// <param name="stream">For what.</param>
    public static Task NothingDueAsync(this TestService service, Guid stream) =>
        Until.TrueAsync(async () => await service.CountDueAsync(stream) == 0, "nothing is due any more");

    private static async Task<object?> AskAsync(TestService service, string sql, params object[] values)
    {
        await using var database = NpgsqlDataSource.Create(service.Database.Admin);
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
