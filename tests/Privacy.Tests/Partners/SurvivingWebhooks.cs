using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Several instances, and one that is cut off in the middle: repeats under the same id, never a gap.</summary>
public sealed class SurvivingWebhooks(PostgresServer postgres)
{
    [Fact]
    public async Task Two_instances_post_each_event_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var one = await WebhookService.StartAsync(postgres);
        await using var two = await WebhookService.StartAsync(postgres, one.Database);
        using var program = await one.PartnerProgramAsync();
        await program.TakesAsync(receiver);
        var ordered = await one.OrderedAsync(await one.ConsentingAsync(), 40);

        await receiver.HasGotAsync(ordered);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

        receiver.Ids.ShouldBe(ordered);
    }

    [Fact]
    public async Task When_one_instance_stops_the_other_goes_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var one = await WebhookService.StartAsync(postgres);
        IReadOnlyList<Guid> before;
        IReadOnlyList<Guid> after;
        await using (var two = await WebhookService.StartAsync(postgres, one.Database))
        {
            using var program = await two.PartnerProgramAsync();
            await program.TakesAsync(receiver);
            before = await two.OrderedAsync(await two.ConsentingAsync(), 5);
            await receiver.HasGotAsync(before);
        }

        after = await one.OrderedAsync(await one.ConsentingAsync(), 5);
        await receiver.HasGotAsync(after);

        receiver.Ids.Distinct().ShouldBe([.. before, .. after]);
    }

    [Fact]
    public async Task Posted_and_cut_off_before_that_was_stored_it_is_posted_again_under_the_same_id()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: TestContext.Current.CancellationToken);
        await using var cable = new Cable(new NpgsqlConnectionStringBuilder(database.Store).Port);
        await using var privacy = await WebhookService.StartAsync(postgres, database.Through(store: cable));
        using var program = await privacy.PartnerProgramAsync();
        receiver.Answer = (context, _) =>
        {
            if (receiver.Got.Count == 1) cable.Cut();
            return WebhookReceiver.Status(context, 200);
        };
        await program.TakesAsync(receiver);
        var person = await privacy.ConsentingAsync();
        var first = await privacy.OrderedAsync(person);

        await receiver.HasGotAsync([first.EntryId]);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        cable.Mend();
        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count == 2), "it was posted again");
        var second = await privacy.OrderedAsync(person);

        await receiver.HasGotAsync([second.EntryId]);
        receiver.Ids.ShouldBe([first.EntryId, first.EntryId, second.EntryId]);
    }
}
