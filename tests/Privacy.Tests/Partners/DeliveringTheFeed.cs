using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>The feed is brought to partners in order: repeated when something is killed, never with a gap.</summary>
public sealed class DeliveringTheFeed(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TestWay way = new();
    private TestService privacy = null!;
    private Guid partner;
    private Guid person;

    public async ValueTask InitializeAsync()
    {
        privacy = await StartAsync(way);
        partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        person = await privacy.ConsentingAsync();
    }

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public async Task What_is_let_out_comes_once_and_in_order()
    {
        await way.OnAsync(privacy, partner);
        var ordered = await privacy.OrderedAsync(person, 20);

        await way.HasGotAsync(partner, ordered);

        way.To(partner).ShouldBe(ordered);
        (await privacy.DisclosuresAsync(person)).Select(line => (string)line!["way"]!).ShouldAllBe(name => name == "test");
    }

    [Fact]
    public async Task It_goes_on_from_the_place_where_it_was_turned_on()
    {
        await privacy.OrderedAsync(person);
        var after = await privacy.Services.GetRequiredService<FeedReader>().EndAsync(Token);
        await way.OnAsync(privacy, partner, after);
        var ordered = await privacy.OrderedAsync(person, 2);

        await way.HasGotAsync(partner, ordered);

        way.To(partner).ShouldBe(ordered);
    }

    [Fact]
    public async Task Of_what_was_let_out_together_only_what_was_not_confirmed_is_sent_again()
    {
        var together = new TestWay { MostAtOnce = 5 };
        await using var other = await StartAsync(together);
        var (to, about) = (FeedSteps.IdOf(await other.AgreeAsync()), await other.ConsentingAsync());
        var first = true;
        together.Answer = (parcel, _) =>
        {
            var confirmed = first ? 2 : parcel.Events.Count;
            first = false;
            return Task.FromResult(new Sending(confirmed));
        };
        var ordered = await other.OrderedAsync(about, 5);
        await together.OnAsync(other, to);

        await Until.TrueAsync(() => Task.FromResult(together.To(to).Count >= 8), "the rest was sent again");

        together.To(to).ShouldBe([.. ordered, .. ordered.Skip(2)]);
    }

    [Fact]
    public async Task What_fails_is_tried_again_and_nothing_overtakes_it()
    {
        var failures = new List<int>();
        way.Answer = (parcel, _) =>
        {
            failures.Add(parcel.Failures);
            return Task.FromResult(new Sending(failures.Count < 3 ? 0 : 1));
        };
        var ordered = await privacy.OrderedAsync(person, 2);
        await way.OnAsync(privacy, partner);

        await way.HasGotAsync(partner, ordered);

        way.To(partner).ShouldBe([ordered[0], ordered[0], ordered[0], ordered[1]]);
        failures.ShouldBe([0, 1, 2, 0], "a success begins the count anew");
    }

    [Fact]
    public async Task It_is_not_tried_before_its_time()
    {
        way.Answer = (_, _) => Task.FromResult(new Sending(0, TimeSpan.FromHours(1)));
        await privacy.OrderedAsync(person);
        await way.OnAsync(privacy, partner);

        await Until.TrueAsync(
            async () => (await privacy.ProgressAsync(partner, way.Name)).NextAttemptAt is not null, "it failed");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);

        way.To(partner).Count.ShouldBe(1);
    }

    [Fact, Control("S11")]
    public async Task What_was_withdrawn_between_two_tries_is_not_tried_again()
    {
        var tried = new TaskCompletionSource();
        way.Answer = async (parcel, token) =>
        {
            if (parcel.Failures > 0 || tried.Task.IsCompleted) return new Sending(parcel.Events.Count);
            await privacy.WithdrawAsync(person);
            tried.SetResult();
            return new Sending(0);
        };
        var withdrawn = await privacy.OrderedAsync(person);
        var other = await privacy.OrderedAsync(await privacy.ConsentingAsync());
        await way.OnAsync(privacy, partner);

        await way.HasGotAsync(partner, [other.EntryId]);

        way.To(partner).ShouldBe([withdrawn.EntryId, other.EntryId]);
    }

    [Fact]
    public async Task Of_two_instances_one_sends()
    {
        var second = new TestWay();
        await using var beside = await StartAsync(second, privacy.Database);
        await way.OnAsync(privacy, partner);
        var ordered = await privacy.OrderedAsync(person, 30);

        await Until.TrueAsync(
            () => Task.FromResult(way.To(partner).Count + second.To(partner).Count >= 30), "all were sent");
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);

        way.To(partner).Concat(second.To(partner)).ShouldBe(ordered, ignoreOrder: true);
        new[] { way, second }.ShouldContain(one => one.To(partner).Count == 0);
    }

    [Fact]
    public async Task Who_loses_the_lock_goes_on_where_it_was_here_or_elsewhere()
    {
        await way.OnAsync(privacy, partner);
        var before = await privacy.OrderedAsync(person, 3);
        await way.HasGotAsync(partner, before);

        await using (var admin = new NpgsqlConnection(privacy.Database.Admin))
        {
            await admin.OpenAsync(Token);
            await using var kill = new NpgsqlCommand(
                """
                select count(pg_terminate_backend(pid)) from pg_locks
                where locktype = 'advisory' and objsubid = 1 and database = (
                    select oid from pg_database where datname = current_database())
                """,
                admin);
            ((long)(await kill.ExecuteScalarAsync(Token))!).ShouldBeGreaterThan(0);
        }

        var after = await privacy.OrderedAsync(person, 3);
        await way.HasGotAsync(partner, after);
        way.To(partner).Distinct().ShouldBe([.. before, .. after]);
    }

    [Fact]
    public async Task Sent_and_cut_off_before_the_place_was_stored_it_comes_again_under_its_id()
    {
        var port = new NpgsqlConnectionStringBuilder(privacy.Database.Store).Port;
        await using var cable = new Cable(port);
        var cut = new TestWay { Name = "cut" };
        cut.Answer = (parcel, _) =>
        {
            if (cut.To(partner).Count == 1) cable.Cut();
            return Task.FromResult(new Sending(parcel.Events.Count));
        };
        var ordered = await privacy.OrderedAsync(person, 2);
        await using var far = await StartAsync(cut, privacy.Database.Through(store: cable));
        await cut.OnAsync(privacy, partner);

        await cut.HasGotAsync(partner, [ordered[0]]);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        cable.Mend();

        await cut.HasGotAsync(partner, ordered);
        cut.To(partner).ShouldBe([ordered[0], ordered[0], ordered[1]]);
    }

    [Fact]
    public async Task Who_does_not_answer_keeps_no_other_waiting()
    {
        var slow = FeedSteps.IdOf(await privacy.AgreeAsync());
        way.Answer = async (parcel, token) =>
        {
            if (parcel.PartnerId == slow) await Task.Delay(Timeout.Infinite, token);
            return new Sending(parcel.Events.Count);
        };
        await way.OnAsync(privacy, slow);
        await way.OnAsync(privacy, partner);
        var ordered = await privacy.OrderedAsync(person, 5);

        await way.HasGotAsync(partner, ordered);
        await Until.TrueAsync(() => Task.FromResult(way.To(slow).Any()), "its own turn comes too");
        way.To(slow).ShouldBe([ordered[0]]);
    }

    [Fact, Control("S11")]
    public async Task Suspended_nothing_comes_and_resumed_it_goes_on_from_there()
    {
        var path = $"{PartnerSteps.Registry}/{partner}";
        using var officer = privacy.Staff("privacy-officer");
        (await officer.PostWithKeyAsync($"{path}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await way.OnAsync(privacy, partner);
        var ordered = await privacy.OrderedAsync(person, 2);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        way.To(partner).ShouldBeEmpty();

        (await officer.DeleteAsync($"{path}/suspension", Token)).EnsureSuccessStatusCode();

        await way.HasGotAsync(partner, ordered);
        way.To(partner).Take(ordered.Count).ShouldBe(ordered);
    }

    [Fact]
    public async Task Turned_off_nothing_comes_and_turned_on_from_a_place_the_same_events_come_again()
    {
        await way.OnAsync(privacy, partner);
        var before = await privacy.OrderedAsync(person, 2);
        await way.HasGotAsync(partner, before);
        await privacy.InOneUnitAsync(work => FeedProgress.TurnOff(work, partner, way.Name));
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        var after = await privacy.OrderedAsync(person, 2);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
        way.To(partner).ShouldBe(before);

        await privacy.InOneUnitAsync(work => FeedProgress.TurnOnFrom(work, partner, way.Name, 0));

        await way.HasGotAsync(partner, after);
        way.To(partner).ShouldBe([.. before, .. before, .. after]);
    }

    [Fact]
    public async Task Turned_off_in_the_middle_of_a_page_the_rest_of_it_does_not_come()
    {
        way.Answer = async (parcel, _) =>
        {
            await privacy.InOneUnitAsync(work => FeedProgress.TurnOff(work, partner, way.Name));
            return new Sending(parcel.Events.Count);
        };
        var ordered = await privacy.OrderedAsync(person, 3);
        await way.OnAsync(privacy, partner);

        await way.HasGotAsync(partner, [ordered[0]]);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);

        way.To(partner).ShouldBe([ordered[0]]);
        (await privacy.ProgressAsync(partner, way.Name)).Position.ShouldBeGreaterThan(0, "what was sent is known");
    }

    [Fact]
    public async Task A_test_event_comes_to_the_partner_alone_and_the_lag_tells_how_far_it_is()
    {
        var other = FeedSteps.IdOf(await privacy.AgreeAsync());
        await way.OnAsync(privacy, partner);
        await way.OnAsync(privacy, other);
        using var program = privacy.Program(partner);

        (await program.PostWithKeyAsync("/api/partners/test-events", new { })).EnsureSuccessStatusCode();

        await Until.TrueAsync(() => Task.FromResult(way.To(partner).Count == 1), "it came");
        var lag = await (await program.GetAsync("/api/partners/lag", Token)).JsonAsync();
        var line = lag["ways"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)line["way"]!, (bool)line["isOn"]!, (int)line["failures"]!).ShouldBe(("test", true, 0));
        await Until.TrueAsync(
            async () =>
            {
                var now = await (await program.GetAsync("/api/partners/lag", Token)).JsonAsync();
                return (long)now["ways"]![0]!["waiting"]! == 0;
            },
            "nothing waits");
        way.To(other).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_come_through_is_told_to_operators_with_its_age()
    {
        way.Answer = (_, _) => Task.FromResult(new Sending(0));
        await way.OnAsync(privacy, partner);
        using var program = privacy.Program(partner);
        (await program.PostWithKeyAsync("/api/partners/test-events", new { })).EnsureSuccessStatusCode();

        var measure = privacy.Services.GetServices<IMeasure>().OfType<LagMeasure>().ShouldHaveSingleItem();

        await Until.TrueAsync(
            async () => (await measure.ReadAsync(Token))
                .Where(told => told.Value > 0)
                .Where(told => told.Tags.SequenceEqual([new("partner", partner.ToString()), new("way", "test")]))
                .Select(told => told.Gauge.Name).Order().SequenceEqual(["eperfect.partner.age", "eperfect.partner.lag"]),
            "lag and age are told");
    }

    private Task<TestService> StartAsync(TestWay through, TestDatabase? database = null) =>
        TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            database: database,
            configure: builder => builder.Services.AddSingleton<IFeedWay>(through),
            cancellationToken: Token);
}
