using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Launcher.Tests;

public sealed class DatabasePrivilegesTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_creates_its_tables_in_its_own_database()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);

        await ExecuteAsync(orders.Store, "create schema journal; create table journal.entry (id int)");

        (await ScalarAsync(orders.Store, "select count(*) from journal.entry")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_role_cannot_connect_to_another_services_database()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);
        await using var accounts = await server.CreateDatabaseAsync("accounts", ct: Ct);

        await RefusedAsync(In(orders.Store, accounts.Name), "select 1", PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("template1")]
    [InlineData("accounts")]
    public async Task A_role_cannot_connect_to_any_other_database_of_the_server(string database)
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);

        await RefusedAsync(In(orders.Store, database), "select 1", PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_role_reads_and_writes_its_own_keys_without_naming_the_schema()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);

        await ExecuteAsync(orders.Keys, "create table key (id int); insert into key values (7)");

        (await ScalarAsync(orders.Keys, "select id from orders.key")).ShouldBe(7);
    }

    [Fact]
    public async Task A_role_cannot_read_another_services_keys()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);
        await ExecuteAsync(orders.Keys, "create table key (id int)");

        await RefusedAsync(
            orders.KeysFor("privacy"), "select * from orders.key", PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_role_creates_nothing_in_the_key_database_outside_its_own_schema()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);

        await RefusedAsync(orders.Keys, "create schema mine", PostgresErrorCodes.InsufficientPrivilege);
        await RefusedAsync(orders.Keys, "create table public.mine (id int)", PostgresErrorCodes.InsufficientPrivilege);
        await RefusedAsync(orders.Keys, "create table privacy.mine (id int)", PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var orders = await server.CreateDatabaseAsync("orders", ct: Ct);
        var wrong = new NpgsqlConnectionStringBuilder(orders.Store) { Password = "guess" };

        await RefusedAsync(wrong.ConnectionString, "select 1", PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_copied_database_holds_what_the_first_one_held()
    {
        await using var first = await server.CreateDatabaseAsync("orders", ct: Ct);
        await ExecuteAsync(first.Store + ";Pooling=false", "create table seed (id int); insert into seed values (5)");

        await using var second = await server.CreateDatabaseAsync("orders", first, Ct);

        (await ScalarAsync(second.Store, "select id from seed")).ShouldBe(5);
    }

    private static string In(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    private static async Task RefusedAsync(string connectionString, string sql, string code)
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connectionString, sql));
        refusal.SqlState.ShouldBe(code);
    }
}
