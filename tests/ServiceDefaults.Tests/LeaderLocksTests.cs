using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>One instance leads, and what it holds for that costs the database nothing.</summary>
public sealed class LeaderLocksTests(PostgresServer postgres, BrokerServer broker)
{
    private static readonly int Lock = Random.Shared.Next();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_instances_one_leads_and_the_other_follows_once_it_is_gone()
    {
        await using var source = await SourceAsync();
        var first = new LeaderLocks(source);
        await using var second = new LeaderLocks(source);

        (await first.TryAttainLockAsync(Lock, Token)).ShouldBeTrue();
        (await second.TryAttainLockAsync(Lock, Token)).ShouldBeFalse();
        (first.HasLock(Lock), second.HasLock(Lock)).ShouldBe((true, false));

        await first.DisposeAsync();
        await Until.TrueAsync(() => second.TryAttainLockAsync(Lock, Token), "the second leads");
    }

    [Fact]
    public async Task Who_was_cut_off_from_the_database_knows_that_it_leads_no_more()
    {
        await using var source = await SourceAsync();
        await using var first = new LeaderLocks(source);
        await using var second = new LeaderLocks(source);
        await first.TryAttainLockAsync(Lock, Token);

        await ScalarAsync(
            source, $"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = {Lock}");

        await Until.TrueAsync(() => Task.FromResult(!first.HasLock(Lock)), "it has noticed", TimeSpan.FromSeconds(5));
        (await second.TryAttainLockAsync(Lock, Token)).ShouldBeTrue();
        (await first.TryAttainLockAsync(Lock, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_service_leads_the_database_can_clean_up_all_that_nobody_sees_any_more()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define()], "any"), Token);
        await using var service = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var source = NpgsqlDataSource.Create(service.Database.Admin);
        await Until.TrueAsync(
            async () => (long)(await ScalarAsync(source, "select count(*) from pg_locks where locktype = 'advisory'"))! > 0,
            "it leads", TimeSpan.FromSeconds(20));
        await ScalarAsync(source, "create table churn as select 1 as value");
        for (var at = 0; at < 50; at++) await ScalarAsync(source, "update churn set value = value + 1");

        await Until.TrueAsync(
            async () =>
            {
                await ScalarAsync(source, "vacuum churn");
                var dead = await ScalarAsync(source, "select n_dead_tup from pg_stat_user_tables where relname = 'churn'");
                return (long)dead! == 0;
            },
            "nothing dead is kept", TimeSpan.FromSeconds(20));
    }

    private async Task<NpgsqlDataSource> SourceAsync() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(await postgres.AdminAsync()) { Pooling = false, KeepAlive = 1 });

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
