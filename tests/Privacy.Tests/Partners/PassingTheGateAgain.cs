using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What lies unread in a partner's queue passes the gate again whenever the answer may be another.</summary>
public sealed class PassingTheGateAgain(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S11")]
    public async Task Told_before_by_another_way_it_is_taken_out_of_the_queue_all_the_same()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        var leaves = await privacy.ConsentingAsync();
        var told = await privacy.OrderedAsync(leaves, 3);
        using (var program = privacy.Program(FeedSteps.IdOf(partner)))
            (await program.PullAsync())["events"]!.AsArray().Count.ShouldBe(told.Count);
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);

        await privacy.WithdrawAsync(leaves);

        await queue.HoldsAsync(0);
    }

    [Fact, Control("S11")]
    public async Task What_lies_unread_when_another_agreement_takes_the_place_leaves_only_as_far_as_that_goes()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);

        await privacy.AgreeAsync(partner, version: 2, PartnerSteps.NarrowerTerms);

        await queue.HoldsOnlyTheChangeAsync();
    }

    [Fact]
    public async Task Once_the_connection_was_lost_it_passes_the_gate_again()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = await privacy.AgreeAsync();
        await privacy.OrderedAsync(await privacy.ConsentingAsync(), 3);
        var queue = await UnreadQueue.OfAsync(privacy, partner, 3);
        var channels = privacy.Services.GetRequiredService<QueueChannel>();
        var again = privacy.Services.GetRequiredService<HeldQueueWay>();
        var before = again.Taken;

        await ((IConnection)channels.Current!).CloseAsync(Token);

        await Until.TrueAsync(() => Task.FromResult(again.Taken > before), "it passes the gate once more");
        await queue.HoldsAsync(3);
    }

    [Fact]
    public async Task Nothing_is_taken_from_a_queue_while_it_is_being_laid()
    {
        await using var privacy = await postgres.StartHeldAsync(broker);
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var door = await privacy.Services.GetRequiredService<DoorLock>().TakeAsync(partner, Token);

        var taking = ActivatorUtilities.CreateInstance<PassAgain>(privacy.Services).TakeAsync(partner, Token);
        await Should.ThrowAsync<TimeoutException>(taking.WaitAsync(TimeSpan.FromSeconds(1), Token));
        await door.DisposeAsync();

        await using var unread = (await taking)!;
        unread.Positions.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_keys_are_away_it_stays_as_it_lies_and_no_copy_of_it_comes()
    {
        using var key = new TestPartnerKey();
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var cable = new Cable(new NpgsqlConnectionStringBuilder(database.Keys).Port);
        var host = await broker.CreateVirtualHostAsync(ct: Token);
        await using var doors = NpgsqlDataSource.Create($"{database.Store};Pooling=false");
        PartnerReader.Access access;
        IReadOnlyList<Guid> told;
        string partner;
        await using (var before = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, database))
        {
            partner = await before.AgreeAsync(PartnerSteps.SharedTerms, PartnerSteps.WithKey(key));
            var person = await before.ConsentingAsync();
            told = await before.OrderedAsync(person, 120);
            await before.EnclosedAsync(person, FeedSteps.IdOf(partner), key);
            access = (await UnreadQueue.OfAsync(before, partner, 121)).Access;
        }

        // No process begins without its keys: they go when it has begun.
        var door = await new DoorLock(doors).TakeAsync(FeedSteps.IdOf(partner), Token);
        await using var after = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, database.Through(keys: cable));
        cable.Cut();
        await door.DisposeAsync();
        await Until.TrueAsync(() => Task.FromResult(TimesTried(after) >= 2), "it was tried twice");
        await new UnreadQueue(access, after.Services.GetRequiredService<QueueChannel>()).HoldsAsync(121);
        cable.Mend();

        await using var reader = await (await PartnerReader.ConnectAsync(access)).ConsumeAsync();
        await reader.HasSeenAsync([.. told, default]);
        reader.Ids.Count.ShouldBe(121);
    }

    private static int TimesTried(TestService privacy) =>
        privacy.Log.Lines.Count(line => line.Contains("by amqp stopped", StringComparison.Ordinal)
            && line.Contains(nameof(VaultUnavailableException), StringComparison.Ordinal));
}
