using System.Text;
using EPerfect.Privacy.Documents;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>At every start the shipped texts meet what is stored.</summary>
public sealed class SeedingDocuments(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly ShippedTexts Shipped = ShippedTexts.Read();

    [Fact]
    public async Task Several_instances_that_start_at_once_publish_everything_once()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        // The first lays the tables, as a deployment does.
        await using (await StartAsync(database, new ShippedTexts([])))
        {
        }

        var instances = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(database, Shipped)));
        foreach (var instance in instances) await instance.DisposeAsync();

        var events = await EventsAsync(database);
        events.Where(name => name is "document_published" or "policy_set_published" or "purposes_declared").ShouldBe(
            [.. Enumerable.Repeat("document_published", DocumentKind.All.Count), "policy_set_published", "purposes_declared"]);
        events.Count(name => name == "data_declared").ShouldBe(1, "also what the program holds is said once");
    }

    [Fact]
    public async Task A_restart_publishes_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (await StartAsync(database, Shipped))
        {
        }

        var before = await EventsAsync(database);
        await using (await StartAsync(database, Shipped))
        {
        }

        (await EventsAsync(database)).ShouldBe(before);
    }

    [Fact]
    public async Task A_new_version_is_published_with_a_new_set_and_the_old_one_stays_as_it_was()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (await StartAsync(database, Shipped))
        {
        }

        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var revised = SecondSpamPolicy(clock.GetUtcNow().AddMinutes(1));
        await using var privacy = await StartAsync(database, new ShippedTexts([.. Shipped.All, revised]), clock);
        clock.Advance(TimeSpan.FromMinutes(1));

        var set = await (await privacy.Client.GetAsync("/api/privacy/policy-sets/current", Token)).JsonAsync();
        set["policySet"]!.GetValue<int>().ShouldBe(2);
        (await privacy.Client.GetStringAsync("/api/privacy/documents/uce-policy/current", Token))
            .ShouldBe("No spam at all.\n");
        (await privacy.Client.GetByteArrayAsync("/api/privacy/documents/uce-policy/versions/1", Token))
            .ShouldBe(Shipped.All.Single(text => text.Kind == "uce-policy").Content);
        (await EventsAsync(database)).Count(name => name == "document_published").ShouldBe(DocumentKind.All.Count + 1);
    }

    [Fact]
    public async Task A_new_version_that_comes_after_its_date_ends_the_start()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (await StartAsync(database, Shipped))
        {
        }

        var late = new ShippedTexts([.. Shipped.All, SecondSpamPolicy(DateTimeOffset.UtcNow.AddMinutes(-1))]);

        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(database, late)))
            .Message.ShouldStartWith("uce-policy: document-notice-too-short.");
    }

    [Fact]
    public async Task A_fresh_database_counts_the_sets_as_a_grown_one()
    {
        var later = SecondSpamPolicy(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var privacy = await StartAsync(database, new ShippedTexts([later, .. Shipped.All]));

        var set = await (await privacy.Client.GetAsync("/api/privacy/policy-sets/current", Token)).JsonAsync();
        set["policySet"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_text_under_a_published_version_ends_the_start()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (await StartAsync(database, Shipped))
        {
        }

        var before = await EventsAsync(database);
        var terms = Shipped.All.Single(text => text.Kind == "terms-of-service");
        var others = Shipped.All.Except([terms]);
        var changed = new ShippedTexts([.. others, terms with { Content = [.. terms.Content, 10] }]);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(database, changed));

        failure.Message.ShouldStartWith("terms-of-service: document-changed.");
        (await EventsAsync(database)).ShouldBe(before);
    }

    [Fact]
    public async Task What_staff_published_stays_in_the_set_that_a_release_changes()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        var clock = new TurnedClock();
        await using (var before = await StartAsync(database, Shipped, clock))
            await PublishAsync(before, "acceptable-use-policy", clock.GetUtcNow().AddMinutes(1));
        clock.Turn(TimeSpan.FromMinutes(2));
        var revised = SecondSpamPolicy(clock.GetUtcNow().AddMinutes(1));

        await using var privacy = await StartAsync(database, new ShippedTexts([.. Shipped.All, revised]), clock);
        clock.Turn(TimeSpan.FromMinutes(2));

        (await InForceAsync(privacy)).ShouldBe((3, "acceptable-use-policy 2, uce-policy 2"));
    }

    [Fact]
    public async Task What_staff_has_scheduled_is_not_overtaken_by_a_release_either()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using (var before = await StartAsync(database, Shipped))
            await PublishAsync(before, "acceptable-use-policy", DateTimeOffset.UtcNow.AddDays(9));
        var events = await EventsAsync(database);
        var sooner = new ShippedTexts([.. Shipped.All, SecondSpamPolicy(DateTimeOffset.UtcNow.AddDays(8))]);

        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(database, sooner)))
            .Message.ShouldStartWith("uce-policy: policy-set-scheduled.");

        (await EventsAsync(database)).ShouldBe(events);
    }

    private static async Task PublishAsync(TestService privacy, string kind, DateTimeOffset effectiveAt)
    {
        using var legal = privacy.As(privacy.Issuer.Token(staff: ["legal"]));
        var answer = await legal.PutAsync(
            $"/api/privacy/documents/{kind}/versions/2", new { text = "Be kinder.\n", materiality = "editorial", effectiveAt });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The set in force, and what in it is not of version 1.</summary>
    private static async Task<(int Set, string Newer)> InForceAsync(TestService privacy)
    {
        var set = await (await privacy.Client.GetAsync("/api/privacy/policy-sets/current", Token)).JsonAsync();
        return (set["policySet"]!.GetValue<int>(), string.Join(
            ", ",
            set["documents"]!.AsArray().Where(one => one!["version"]!.GetValue<int>() > 1)
                .Select(one => $"{one!["document"]} {one["version"]}")));
    }

    private static DocumentText SecondSpamPolicy(DateTimeOffset effectiveAt) =>
        new("uce-policy", "UCE / SPAM Policy", 2, effectiveAt, Encoding.UTF8.GetBytes("No spam at all.\n"));

    private Task<TestService> StartAsync(
        TestDatabase database, ShippedTexts texts, TimeProvider? clock = null) => TestService.StartAsync(
        PrivacyModule.Define(),
        postgres,
        database: database,
        clock: clock,
        configure: (WebApplicationBuilder builder) => builder.Services.AddSingleton(texts),
        cancellationToken: Token);

    private static async Task<List<string>> EventsAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.Admin);
        await using var command = source.CreateCommand("select type from store.mt_events order by type");
        await using var rows = await command.ExecuteReaderAsync(Token);
        var names = new List<string>();
        while (await rows.ReadAsync(Token)) names.Add(rows.GetString(0));
        return names;
    }
}
