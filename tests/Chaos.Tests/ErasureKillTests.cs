using System.Globalization;
using System.Text.Json.Nodes;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Chaos.Tests;

/// <summary>SIGKILL in the middle of several erasures: each ends with a certificate that holds, nothing is half erased, and
/// nobody comes back.</summary>
public sealed class ErasureKillTests(RunningPlatform platform) : IClassFixture<RunningPlatform>
{
    private const int People = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly string[] Services = ["accounts", "domains", "orders", "privacy"];

    /// <summary>What law keeps: what was paid, while the books must show it; who holds a domain, while it is
    /// registered.</summary>
    private static readonly Dictionary<string, string> Kept = new(StringComparer.Ordinal)
    {
        ["accounts"] = "", ["domains"] = "2", ["orders"] = "3", ["privacy"] = "",
    };

    private const string Rewind = "delete from store.mt_event_progression where name like 'publisher%'";
    private const string IsPublished =
        """
        select case when (select min(last_seq_id) from store.mt_event_progression where name like 'publisher%')
            >= (select max(seq_id) from store.mt_events) then 'yes' else 'no' end
        """;

    [Theory(Explicit = true)]
    [InlineData("privacy")]
    [InlineData("accounts")]
    [InlineData("domains")]
    [InlineData("orders")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public async Task Given_erasures_under_way_When_a_part_is_killed_and_started_again_Then_each_is_proven_once(string part)
    {
        var people = Enumerable.Range(0, People).Select(_ => new TestCustomer(platform)).ToArray();
        await Task.WhenAll(people.Select(person => person.LiveThroughItAsync(Patience)));
        var before = await ShreddedAsync();

        var certificates = await Task.WhenAll(people.Select(person => person.AskToBeErasedAsync()));
        await Until.TrueAsync(async () => await ShreddedAsync() > before, "keys are being destroyed", Patience);
        await platform.KillAsync(part);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await platform.StartAgainAsync(part, TestContext.Current.CancellationToken);

        foreach (var (person, certificate) in people.Zip(certificates))
        {
            var proven = await platform.CertificateAsync(certificate, person.AccountId, Patience);
            proven["stores"]!.AsArray().Select(store => store!["store"]!.GetValue<string>()).ShouldBe(Services);
            proven["stores"]!.AsArray().ShouldAllBe(store => store!["search"]!["plaintext"]!.GetValue<long>() == 0);
            await IsErasedOnceAsync(person, certificate, proven);
            person.Dispose();
        }
    }

    /// <summary>What comes late, and comes again: every service publishes all that it ever did once more, as after a kill
    /// between publishing and noting that.</summary>
    [Fact(Explicit = true)]
    public async Task Given_somebody_is_erased_When_all_that_was_ever_said_is_said_again_Then_nobody_comes_back()
    {
        using var person = new TestCustomer(platform);
        await person.LiveThroughItAsync(Patience);
        await platform.CertificateAsync(await person.AskToBeErasedAsync(), person.AccountId, Patience);
        var keys = await ShreddedAsync();

        await Task.WhenAll(Services.Select(SayAllAgainAsync));

        foreach (var service in Services)
        {
            await Until.TrueAsync(
                async () => await ScalarAsync(service, IsPublished) == "yes", $"{service} has published", Patience);
        }

        await Until.TrueAsync(
            async () => (await Task.WhenAll(Services.Select(service => platform.RunAsync(service, "errors"))))
                .All(result => result.ExitCode == 0),
            "the queues are looked at");
        (await ShreddedAsync()).ShouldBe(keys);
        foreach (var service in Services) (await LiveKeysAsync(service, person)).ShouldBe(Kept[service], service);
    }

    /// <summary>Per service, by its own events: began once, keys destroyed once, reported once.</summary>
    private async Task IsErasedOnceAsync(TestCustomer person, string certificate, JsonObject proven)
    {
        var erasure = Guid.Parse(certificate.Split('/')[^1]);
        proven["erasureId"]!.GetValue<Guid>().ShouldBe(erasure);
        foreach (var service in Services)
        {
            (await ScalarAsync(service, $"""
                select string_agg(type || ' ' || times, ', ' order by type) from (
                    select e.type, count(*) times from store.mt_events e
                    where e.type in ('erasure_begun', 'erasure_keys_destroyed', 'personal_data_shredded')
                        and e.stream_id in (select stream_id from store.mt_events
                            where type = 'erasure_received' and data ->> 'erasureId' = '{erasure}')
                    group by e.type) counted
                """)).ShouldBe("erasure_begun 1, erasure_keys_destroyed 1, personal_data_shredded 1", service);
        }

        (await ScalarAsync("privacy", $"""
            select count(*)::text from store.mt_events where type = 'erasure_certified' and stream_id = '{erasure}'
            """)).ShouldBe("1");
        foreach (var service in Services) (await LiveKeysAsync(service, person)).ShouldBe(Kept[service], service);
    }

    private async Task SayAllAgainAsync(string service)
    {
        await platform.KillAsync(service);
        (await ScalarAsync(service, $"with again as ({Rewind} returning 1) select count(*)::text from again")).ShouldBe("1");
        await platform.StartAgainAsync(service, TestContext.Current.CancellationToken);
    }

    private async Task<long> ShreddedAsync()
    {
        var counts = Services.Select(service =>
            $"(select count(*) from {service}.subject_key where state = 'shredded' and created_at is not null)");
        return long.Parse(
            await ScalarAsync("keys", $"select ({string.Join(" + ", counts)})::text"), CultureInfo.InvariantCulture);
    }

    private Task<string> LiveKeysAsync(string service, TestCustomer person) => ScalarAsync(
        "keys",
        $"select coalesce(string_agg(distinct grp::text, ',' order by grp::text), '') from {service}.subject_key "
        + $"where state <> 'shredded' and subject_id = '{person.AccountId}'");

    private async Task<string> ScalarAsync(string database, string sql)
    {
        // Not from a pool: what a killed server leaves in it is dead.
        await using var connection = new NpgsqlConnection($"{platform.ConnectionString(database)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString() ?? "";
    }
}
