using System.Collections.Concurrent;
using System.Net;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Consents are withdrawn while what they allowed stands in the feed and is being taken.</summary>
public sealed class WithdrawingInFlight(PrivacyService service) : IClassFixture<PrivacyService>
{
    private const int People = 2000;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact, Control("S11")]
    public async Task Nothing_is_delivered_after_the_withdrawals_position()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => Privacy.ConsentingAsync()));
        foreach (var person in people.Chunk(100)) await Task.WhenAll(person.Select(one => Privacy.OrderedAsync(one)));
        var delivered = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var withdrawn = new ConcurrentDictionary<Guid, DateTimeOffset>();

        // What stands first in the feed is withdrawn last: the two meet in the middle.
        var order = await OrderAsync(people);
        var withdrawing = Parallel.ForEachAsync(
            order.Reverse(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (person, _) =>
            {
                using var owner = Privacy.As(Privacy.Issuer.Owner(person));
                var answer = await owner.PutAsync(
                    $"/api/privacy/people/{person}/consents/partner-sharing", new { given = false, policySet = 1 });
                answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
                withdrawn[person] = DateTimeOffset.UtcNow;
            });
        await TakeAsync(program, delivered);
        await withdrawing;
        await TakeAsync(program, []);

        delivered.Count.ShouldBeInRange(1, People - 1, "some were sent before and some withdrew before");
        delivered.ShouldAllBe(one => one.Value <= withdrawn[one.Key], "each was asked for before the withdrawal was answered");
        (await AfterTheWithdrawalAsync(partner)).ShouldBeEmpty();
        (await AccountedAsync(partner)).ShouldBe(delivered.Keys, ignoreOrder: true, "the accounting tells what was sent");
    }

    [Fact, Control("S11")]
    public async Task A_withdrawal_that_is_being_written_is_waited_for()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        await using var connection = await Privacy.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var session = Privacy.Services.GetRequiredService<IDocumentStore>()
            .LightweightSession(SessionOptions.ForTransaction(transaction));
        session.Events.Append(
            person, new ConsentChanged(Purposes.PartnerSharing, Given: false, Channels.Api, 1, DateTimeOffset.UtcNow));
        await session.SaveChangesAsync(Token);

        var pulling = program.PullAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        pulling.IsCompleted.ShouldBeFalse("nobody knows yet whether it is withdrawn");
        await transaction.CommitAsync(Token);

        (await pulling)["events"]!.AsArray().ShouldNotContain(e => e!["subject"]!.GetValue<Guid>() == person);
    }

    [Fact]
    public async Task What_is_asked_for_by_many_at_once_is_told_once_and_not_after_a_withdrawal()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        var person = await Privacy.ConsentingAsync();
        var entry = await Privacy.OrderedAsync(person);

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => program.PullAsync()));
        await Privacy.WithdrawAsync(person);
        var late = await program.PullAsync();

        pages.ShouldAllBe(page => page.Ids().Contains(entry.EntryId));
        late.Ids().ShouldNotContain(entry.EntryId);
        (await AccountedAsync(partner)).ShouldBe([person]);
    }

    /// <summary>All of the feed, page by page, and when each page was asked for.</summary>
    private static async Task TakeAsync(HttpClient program, ConcurrentDictionary<Guid, DateTimeOffset> delivered)
    {
        for (var after = 0L; ;)
        {
            var asked = DateTimeOffset.UtcNow;
            var page = await program.PullAsync($"?after={after}&limit=20");
            foreach (var e in page["events"]!.AsArray()) delivered.TryAdd(e!["subject"]!.GetValue<Guid>(), asked);
            var next = page["next"]!.GetValue<long>();
            if (next == after) return;
            after = next;
        }
    }

    private async Task<IReadOnlyList<Guid>> OrderAsync(IReadOnlyCollection<Guid> people) => await ReadAsync(
        "select (data ->> 'subject')::uuid from store.mt_events where type = 'feed_entry_recorded' "
        + "and (data ->> 'subject')::uuid = any($1) order by seq_id",
        people.ToArray());

    private Task<IReadOnlyList<Guid>> AccountedAsync(Guid partner) => ReadAsync(
        $"select account_id from store.{DisclosureTable.Name} where partner_id = $1", partner);

    /// <summary>For whom it was decided at a place in their history that is not before the withdrawal's.</summary>
    private Task<IReadOnlyList<Guid>> AfterTheWithdrawalAsync(Guid partner) => ReadAsync(
        $"select d.account_id from store.{DisclosureTable.Name} d join store.mt_events e on e.stream_id = d.account_id "
        + "where d.partner_id = $1 and e.type = 'consent_changed' and (e.data ->> 'given')::boolean is false "
        + "and d.person_version >= e.version",
        partner);

    private async Task<IReadOnlyList<Guid>> ReadAsync(string query, object parameter)
    {
        await using var command = Privacy.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(query);
        command.Parameters.AddWithValue(parameter);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var found = new List<Guid>();
        while (await rows.ReadAsync(Token)) found.Add(rows.GetGuid(0));
        return found;
    }
}
