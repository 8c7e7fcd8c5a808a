using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class ListeningTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_idle_process_When_another_shreds_Then_its_keys_are_overwritten_at_once()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (idle, shredder) = (database.Vault(), database.Vault());
        using var stop = new CancellationTokenSource();
        var listening = idle.ListenAsync(stop.Token);
        await ListenersAsync(database, 1);
        await idle.SealAsync(Ann, Holder.Ann, Ct);
        idle.Cached.ShouldBe(1);

        await shredder.ShredAsync(Guid.CreateVersion7(), DataGroup.Identity, Guid.CreateVersion7(), Ct);

        // Its clock stands still: nothing but the notification can have told it.
        await Until.TrueAsync(() => Task.FromResult(idle.Cached == 0), "the keys stay in memory");
        await stop.CancelAsync();
        await listening;
        await ListenersAsync(database, 0);
    }

    [Fact]
    public async Task Given_a_lost_connection_Then_the_generation_is_still_asked_and_listening_goes_on_when_it_is_back()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        await using var cable = new Cable(KeyDatabase.PortOf(database.Admin));
        var (cut, shredder) = (
            database.Vault(connect: builder => (builder.Port, builder.Timeout, builder.CommandTimeout) = (cable.Port, 1, 1)),
            database.Vault());
        using var stop = new CancellationTokenSource();
        var listening = cut.ListenAsync(stop.Token);
        await ListenersAsync(database, 1);
        var value = await cut.SealAsync(Ann, Holder.Ann, Ct);

        cable.Cut();
        await ListenersAsync(database, 0);
        await shredder.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);
        cable.Mend();
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await cut.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());

        await Until.TrueAsync(
            async () =>
            {
                database.Clock.Advance(TimeSpan.FromSeconds(1));
                return await CountAsync(database) == "1";
            },
            "nobody listens again");
        await stop.CancelAsync();
        await listening;
    }

    private static async Task ListenersAsync(KeyDatabase database, int count) => await Until.TrueAsync(
        async () => await CountAsync(database) == count.ToString(), $"not {count} listen");

    private static async Task<string> CountAsync(KeyDatabase database) => (await database.RowsAsync(
        "select count(*)::text from pg_stat_activity where datname = current_database() and query like 'listen %'"))[0];
}
