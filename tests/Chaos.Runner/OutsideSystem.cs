using Npgsql;

namespace EPerfect.Chaos;

/// <summary>An outside system that fails its callers. It lives in the house, in tables of its own: who calls it writes there
/// first, and that is where it breaks.</summary>
/// <param name="connectionString">To the database, as its superuser.</param>
/// <param name="calls">The table in which calls are noted.</param>
internal sealed class OutsideSystem(string connectionString, string calls)
{
    /// <summary>Where each of them notes its calls: service and table.</summary>
    public static readonly IReadOnlyDictionary<string, (string Service, string Calls)> All =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["payment-gateway"] = ("orders", "payment_gateway.calls"),
            ["provisioner"] = ("orders", "provisioner.calls"),
            ["registry"] = ("domains", "registry.calls"),
        };

    /// <summary>A call is refused by an exception, or waits for ever.</summary>
    public Task BreakAsync(FaultKind kind) => RunAsync($"""
        create or replace function public.chaos() returns trigger language plpgsql as
        $$ begin {(kind is FaultKind.Fail ? "raise exception 'chaos'" : "perform pg_sleep(60)")}; return new; end $$;
        create or replace trigger chaos before insert on {calls} for each row execute function public.chaos();
        """);

    public Task MendAsync() => RunAsync($"drop trigger if exists chaos on {calls};");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=5");
        await connection.OpenAsync();
        // Whoever hangs in a call holds the table.
        await using var command = new NpgsqlCommand($"""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event = 'PgSleep' and pid <> pg_backend_pid();
            {sql}
            """, connection);
        await command.ExecuteNonQueryAsync();
    }
}
