using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Whoever follows the store hears of each commit, also of what came while it did not listen.</summary>
public sealed class AppendWakeupTests(PostgresServer postgres, BrokerServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private NpgsqlDataSource database = null!; // set before each test
    private AppendWakeup wakeup = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(await postgres.AdminAsync()) { Pooling = false, KeepAlive = 1 });
        wakeup = new(database, NullLogger<AppendWakeup>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        wakeup.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_notice_ends_the_wait()
    {
        await HeardAsync();
        var waiting = wakeup.WaitAsync(Long, Token);
        await Task.Delay(100, Token);
        waiting.IsCompleted.ShouldBeFalse();

        await NoticeAsync();

        await waiting.WaitAsync(Soon, Token);
    }

    [Fact]
    public async Task A_notice_that_comes_while_nobody_waits_is_kept_for_who_waits_next()
    {
        await HeardAsync();
        await NoticeAsync();
        await Task.Delay(200, Token);

        await wakeup.WaitAsync(Long, Token).WaitAsync(Soon, Token);
    }

    [Fact]
    public async Task Many_notices_that_come_while_nobody_waits_are_one()
    {
        await HeardAsync();
        for (var at = 0; at < 20; at++) await NoticeAsync();
        await Task.Delay(200, Token);
        await wakeup.WaitAsync(Long, Token).WaitAsync(Soon, Token);

        var again = wakeup.WaitAsync(Long, Token);
        await Task.Delay(300, Token);
        again.IsCompleted.ShouldBeFalse();

        await NoticeAsync();
        await again.WaitAsync(Soon, Token);
    }

    [Fact]
    public async Task Cut_off_it_listens_anew_and_takes_what_came_meanwhile_for_heard()
    {
        await HeardAsync();
        await using (var cut = database.CreateCommand("""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and query like 'listen %'
            """))
            await cut.ExecuteNonQueryAsync(Token);
        await NoticeAsync();

        await Until.TrueAsync(
            async () =>
            {
                var begun = DateTimeOffset.UtcNow;
                await wakeup.WaitAsync(TimeSpan.FromSeconds(1), Token);
                return DateTimeOffset.UtcNow - begun < TimeSpan.FromSeconds(0.9);
            },
            "it is told to look again");
    }

    [Fact]
    public async Task A_commit_is_told_and_one_that_appends_nothing_is_not()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define()], "any"), Token);
        await using var service = await TestService.StartAsync(Sender.Define(), postgres, host);
        var heard = 0;
        await using var listener = new NpgsqlConnection(service.Database.Admin);
        await listener.OpenAsync(Token);
        listener.Notification += (_, _) => heard++;
        await using (var listen = new NpgsqlCommand($"listen {AppendNotice.Channel}", listener))
            await listen.ExecuteNonQueryAsync(Token);
        while (await listener.WaitAsync(TimeSpan.FromSeconds(1), Token))
        {
            // What the service says of itself at its start.
        }

        heard = 0;
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();

        session.Insert(new Receipt("nothing-appended", "", Answer.Done, DateTimeOffset.UtcNow));
        await session.SaveChangesAsync(Token);
        (await listener.WaitAsync(300, Token)).ShouldBeFalse();

        session.Events.StartStream<Tally>(Guid.CreateVersion7(), new TallyRaised(1), new TallyRaised(1));
        session.Insert(new Receipt("appended", "", Answer.Done, DateTimeOffset.UtcNow));
        await session.SaveChangesAsync(Token);
        (await listener.WaitAsync(Soon, Token)).ShouldBeTrue();
        heard.ShouldBe(1);
    }

    /// <summary>Until it listens, which it tells itself once.</summary>
    private Task HeardAsync() => wakeup.WaitAsync(Long, Token).WaitAsync(Soon, Token);

    private async Task NoticeAsync()
    {
        await using var notice = database.CreateCommand($"notify {AppendNotice.Channel}");
        await notice.ExecuteNonQueryAsync(Token);
    }
}
