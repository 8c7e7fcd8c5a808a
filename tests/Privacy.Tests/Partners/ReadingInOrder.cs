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
}
