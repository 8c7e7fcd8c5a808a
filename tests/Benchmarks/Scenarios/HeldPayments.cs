using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Benchmarks;

/// <summary>Holds back what is due for new orders, past the service, so that placing, publishing and consuming can be
/// measured without payment and delivery, which are measured after it.</summary>
internal sealed class HeldPayments : IAsyncDisposable
{
    private readonly NpgsqlDataSource database;

    private HeldPayments(NpgsqlDataSource database) => this.database = database;

    public static async Task<HeldPayments> BeginAsync(RunningPlatform platform)
    {
        var held = new HeldPayments(NpgsqlDataSource.Create(platform.ConnectionString("orders")));
        await held.ExecuteAsync("""
            create or replace function store.hold_back() returns trigger language plpgsql as
            $$ begin new.due := new.due + interval '1 day'; return new; end $$
            """);
        await held.ExecuteAsync(
            "create or replace trigger hold_back before insert on store.deadlines for each row "
                + "execute function store.hold_back()");
        return held;
    }

    /// <summary>All that was held back is due now.</summary>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("drop trigger if exists hold_back on store.deadlines");
        await ExecuteAsync("update store.deadlines set due = due - interval '1 day' where due > now() + interval '20 hours'");
        await database.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
