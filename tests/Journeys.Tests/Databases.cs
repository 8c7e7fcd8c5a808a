using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Journeys.Tests;

/// <summary>The databases of a platform, past everything that guards them.</summary>
/// <param name="platform">Whose.</param>
internal sealed class Databases(RunningPlatform platform)
{
    public static readonly IReadOnlyList<string> Services = ["accounts", "domains", "orders", "privacy"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(platform.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>The first column.</summary>
    public async Task<string[]> RowsAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(platform.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var all = new List<string>();
        while (await rows.ReadAsync(Ct)) all.Add($"{rows[0]}");
        return [.. all];
    }

    public string AddressOf(string database)
    {
        var of = new NpgsqlConnectionStringBuilder(platform.ConnectionString(database));
        return $"postgresql://{of.Username}:{Uri.EscapeDataString(of.Password!)}@{of.Host}:{of.Port}/{database}";
    }

    /// <summary>All that was written so far is in the files, not in memory only.</summary>
    public async Task FlushAsync()
    {
        foreach (var service in Services) await ExecuteAsync(service, "checkpoint");
    }
}
