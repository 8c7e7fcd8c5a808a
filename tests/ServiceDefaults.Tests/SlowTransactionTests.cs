using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>A transaction that took its place in the store and commits late: whoever follows the store waits for it, however
/// long it takes, and goes on at once when it is given up.</summary>
public sealed class SlowTransactionTests(PostgresServer postgres, BrokerServer broker)
{
    /// <summary>Three times what Marten waits before it asks whether a gap is dead.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_transaction_that_commits_late_Then_its_event_is_told_and_so_are_those_after_it()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        await RaiseAsync(sender);

        await using var slow = await SlowAppend.BeginAsync(sender);
        var later = await RaiseAsync(sender);
        await Task.Delay(Long, Token);
        (await EchoAsync(receiver, later)).ShouldBeNull("nothing is told out of order");
        await slow.CommitAsync();

        await HeardAsync(receiver, slow.Tally);
        await HeardAsync(receiver, later);
    }

    [Fact]
    public async Task Given_another_node_takes_over_while_it_is_open_Then_its_event_is_told_all_the_same()
    {
        var host = await HostAsync();
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var first = await TestService.StartAsync(Sender.Define(), postgres, host, database);
        await RaiseAsync(first);
        await using var slow = await SlowAppend.BeginAsync(first);
        var later = await RaiseAsync(first);
        await first.DisposeAsync();

        await using var second = await TestService.StartAsync(Sender.Define(), postgres, host, database);
        var last = await RaiseAsync(second);
        await Task.Delay(Long, Token);
        await slow.CommitAsync();

        await HeardAsync(receiver, slow.Tally);
        await HeardAsync(receiver, later);
        await HeardAsync(receiver, last);
    }

    [Fact]
    public async Task Given_it_is_rolled_back_late_Then_what_came_after_it_is_told()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);

        Guid later;
        await using (await SlowAppend.BeginAsync(sender))
        {
            later = await RaiseAsync(sender);
            await Task.Delay(Long, Token);
        }

        await HeardAsync(receiver, later);
    }

    private static async Task<Guid> RaiseAsync(TestService sender)
    {
        var opened = await sender.Client.PostWithKeyAsync("/api/tallies", new { name = "t" });
        var path = opened.Headers.Location!.OriginalString;
        (await sender.Client.PutAsync(path, new { by = 1 })).EnsureSuccessStatusCode();
        return Guid.Parse(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static Task HeardAsync(TestService receiver, Guid id) => Until.TrueAsync(
        async () => (await EchoAsync(receiver, id))?.Times == 1, $"the raise of {id} is heard", TimeSpan.FromMinutes(1));

    private static async Task<Echo?> EchoAsync(TestService receiver, Guid id)
    {
        await using var session = receiver.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Events.AggregateStreamAsync<Echo>(id, token: Token);
    }

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);

    /// <summary>A tally that was raised in a transaction that is open still, as the service's own role.</summary>
    private sealed class SlowAppend(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tally) : IAsyncDisposable
    {
        public Guid Tally => tally;

        public static async Task<SlowAppend> BeginAsync(TestService service)
        {
            var connection = new NpgsqlConnection($"{service.Database.Store};Pooling=false");
            await connection.OpenAsync(Token);
            var transaction = await connection.BeginTransactionAsync(Token);
            var store = service.Services.GetRequiredService<IDocumentStore>();
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
            var tally = Guid.CreateVersion7();
            session.Events.StartStream<Tally>(
                tally, new TallyOpened(tally, "slow", DateTimeOffset.UtcNow), new TallyRaised(1));
            await session.SaveChangesAsync(Token);
            return new SlowAppend(connection, transaction, tally);
        }

        public Task CommitAsync() => transaction.CommitAsync(Token);

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
