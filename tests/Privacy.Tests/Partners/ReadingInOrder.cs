using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>The feed is read in the order of the store; who has not committed yet may still come before.</summary>
public sealed class ReadingInOrder(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact]
    public async Task Nothing_is_read_past_what_may_still_be_filled()
    {
        var feed = Privacy.Services.GetRequiredService<FeedReader>();
        var person = await Privacy.ConsentingAsync();
        var before = await feed.EndAsync(Token);
        // As somebody who has taken a place and has not committed yet.
        await using (var connection = await Privacy.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token))
        {
            await using var take = new NpgsqlCommand("select nextval('store.mt_events_sequence')", connection);
            await take.ExecuteScalarAsync(Token);
        }

        await Privacy.OrderedAsync(person);

        (await feed.ReadAsync(before, 10, Token)).Entries.ShouldBeEmpty();
        (await feed.EndAsync(Token)).ShouldBe(before);
    }

    [Fact]
    public async Task Where_an_append_failed_the_feed_is_no_older_for_it()
    {
        var feed = Privacy.Services.GetRequiredService<FeedReader>();
        await Privacy.OrderedAsync(await Privacy.ConsentingAsync());
        var before = (await ReadAsync("select max(seq_id) from store.mt_events"))!.Value;

        // As the daemon fills the place of an append that never came.
        await ReadAsync($"""
            insert into store.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived)
            select nextval('store.mt_events_sequence'), gen_random_uuid(), stream_id, 1000, '{"{}"}', 'tombstone', '-infinity',
                tenant_id, mt_dotnet_type, is_archived
            from store.mt_events where seq_id = {before}
            """);

        (await feed.OlderThanKeptAsync(before, Token)).ShouldBeNull();
        (await feed.OlderThanKeptAsync(0, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task How_far_back_one_can_go_is_found_by_an_index_however_much_is_kept()
    {
        await using var connection = await Privacy.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token);
        // As with millions: of a handful each table is read whole.
        await using var begin = new NpgsqlCommand("begin; set local enable_seqscan = off", connection);
        await begin.ExecuteNonQueryAsync(Token);
        await using var explain = new NpgsqlCommand($"explain {FeedReader.LastBefore("store")}", connection);
        explain.Parameters.AddWithValue(DateTime.UtcNow);
        var plan = new List<string>();
        await using (var rows = await explain.ExecuteReaderAsync(Token))
        {
            while (await rows.ReadAsync(Token)) plan.Add(rows.GetString(0));
        }

        await using var end = new NpgsqlCommand("rollback", connection);
        await end.ExecuteNonQueryAsync(Token);
        plan.ShouldContain(line => line.Contains("timestamp_seq_id_idx", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.Contains("Seq Scan") || line.Contains("->  Sort "));
    }

    private async Task<long?> ReadAsync(string statement)
    {
        await using var command = Privacy.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
        return await command.ExecuteScalarAsync(Token) as long?;
    }
}
