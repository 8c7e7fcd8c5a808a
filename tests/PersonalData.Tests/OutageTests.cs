using System.Diagnostics;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.PersonalData.Tests;

public sealed class OutageTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();
    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_key_store_that_is_cut_off_Then_it_is_unavailable_never_erased_and_recovers()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var vault = database.Vault(connect: Through(cable));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        cable.Cut();
        database.Clock.Advance(Beyond);
        await Should.ThrowAsync<VaultUnavailableException>(vault.OpenAsync(value, Ct));
        await Should.ThrowAsync<VaultUnavailableException>(vault.SealAsync(Ann, Holder.Ann, Ct));
        await Should.ThrowAsync<VaultUnavailableException>(vault.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct));
        await Should.ThrowAsync<VaultUnavailableException>(vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct));
        await Should.ThrowAsync<VaultUnavailableException>(
            vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct));
        await Should.ThrowAsync<VaultUnavailableException>(vault.CheckAsync(Ct));

        cable.Mend();
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        await vault.CheckAsync(Ct);
    }

    [Fact]
    public async Task Given_a_key_store_that_hangs_Then_all_who_wait_fail_together_in_time()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var vault = database.Vault(connect: Through(cable));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        cable.Clog();
        database.Clock.Advance(Beyond);
        var watch = Stopwatch.StartNew();
        var opening = Enumerable.Range(0, 100).Select(_ => vault.OpenAsync(value, Ct)).ToList();
        foreach (var one in opening)
        {
            await Should.ThrowAsync<VaultUnavailableException>(one);
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        cable.Mend();
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_slow_key_store_Then_all_who_wait_share_one_question_to_it()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var vault = database.Vault(connect: builder =>
            (builder.Port, builder.ApplicationName) = (cable.Port, "waiting"));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        cable.Clog();
        database.Clock.Advance(Beyond);
        var opening = Enumerable.Range(0, 100).Select(_ => vault.OpenAsync(value, Ct)).ToList();
        cable.Mend();

        (await Task.WhenAll(opening)).ShouldAllBe(opened => opened == new Opened<Holder>.Clear(Holder.Ann));
        (await database.RowsAsync("select count(*)::text from pg_stat_activity where application_name = 'waiting'"))
            .ShouldBe(["1"]);
    }

    [Fact]
    public async Task Given_a_short_outage_Then_what_was_checked_less_than_a_second_ago_still_opens()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var vault = database.Vault(connect: Through(cable));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        cable.Cut();
        database.Clock.Advance(TimeSpan.FromMilliseconds(900));

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_sessions_ended_by_the_server_Then_the_vault_recovers_by_itself()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await database.RowsAsync(
            "select pg_terminate_backend(pid)::text from pg_stat_activity "
            + "where datname = current_database() and pid <> pg_backend_pid()");
        database.Clock.Advance(Beyond);

        var opened = await OnceOrTwiceAsync(() => vault.OpenAsync(value, Ct));

        opened.ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_nothing_listens_Then_it_is_unavailable()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault(connect: builder => builder.Port = 1);

        await Should.ThrowAsync<VaultUnavailableException>(vault.SealAsync(Ann, Holder.Ann, Ct));
        await Should.ThrowAsync<VaultUnavailableException>(vault.CreateSchemaAsync(Ct));
    }

    [Fact]
    public async Task Given_the_caller_gives_up_Then_it_is_cancelled_not_unavailable()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var vault = database.Vault(connect: Through(cable));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        cable.Clog();
        database.Clock.Advance(Beyond);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(vault.OpenAsync(value, impatience.Token));
    }

    [Fact]
    public async Task Given_a_fault_that_is_no_outage_Then_it_does_not_pass_for_one()
    {
        await using var database = await KeyDatabase.CreateAsync(server, createTables: false);

        await Should.ThrowAsync<PostgresException>(database.Vault().SealAsync(Ann, Holder.Ann, Ct));
    }

    private static Action<NpgsqlConnectionStringBuilder> Through(Cable cable) => builder =>
        (builder.Port, builder.Timeout, builder.CommandTimeout, builder.CancellationTimeout) = (cable.Port, 1, 1, -1);

    private static async Task<T> OnceOrTwiceAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (VaultUnavailableException)
        {
            return await work();
        }
    }
}
