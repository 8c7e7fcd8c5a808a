using Npgsql;

namespace EPerfect.Testing;

/// <summary>What the outside systems have in their own books: the count that matters, whatever our services
/// believe.</summary>
/// <param name="platform">Whose outside systems.</param>
public sealed class Ledgers(RunningPlatform platform)
{
    /// <summary>Money taken.</summary>
    public Task<long> CapturesAsync() =>
        CountAsync("orders", "select count(*) from payment_gateway.ledger where kind = 'Capture' and reason is null");

    /// <summary>Authorisations that were captured; fewer than captures would mean that one was captured
    /// twice.</summary>
    public Task<long> CapturedAuthorisationsAsync() => CountAsync(
        "orders", "select count(distinct parent) from payment_gateway.ledger where kind = 'Capture' and reason is null");

    /// <summary>Hosting that was set up.</summary>
    public Task<long> ProvisionedAsync() =>
        CountAsync("orders", "select count(*) from provisioner.ledger where reason is null");

    /// <summary>Names at the registry.</summary>
    public Task<long> RegisteredAsync() => CountAsync("domains", "select count(*) from registry.domains");

    private async Task<long> CountAsync(string database, string query)
    {
        await using var connection = new NpgsqlConnection(
            // Not from a pool: what a killed server leaves in it is dead.
            $"{platform.ConnectionString(database)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
