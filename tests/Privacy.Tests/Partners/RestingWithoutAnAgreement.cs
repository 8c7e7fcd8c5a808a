using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Of whom nothing can come, nobody asks all the time.</summary>
public sealed class RestingWithoutAnAgreement(PostgresServer postgres, BrokerServer broker)
{
    private const int Seconds = 4;
    private const int Partners = 12;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S11")]
    public async Task The_lane_of_who_has_ended_ends_and_another_begins_when_something_is_agreed_anew()
    {
        var way = new TestWay();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            configure: builder => builder.Services.AddSingleton<IFeedWay>(way),
            cancellationToken: Token);
        var path = await privacy.AgreeAsync();
        var partner = FeedSteps.IdOf(path);
        var person = await privacy.ConsentingAsync();
        await way.OnAsync(privacy, partner);
        var before = await privacy.OrderedAsync(person, 2);
        await way.HasGotAsync(partner, before);
        (await HasLaneAsync(privacy, partner)).ShouldBeTrue();

        await EndAsync(privacy, path);
        var between = await privacy.OrderedAsync(person, 2);

        await Until.TrueAsync(async () => !await HasLaneAsync(privacy, partner), "its lane has ended");
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);
        (await HasLaneAsync(privacy, partner)).ShouldBeFalse("none is begun for who waits for an agreement");
        (await privacy.ProgressAsync(partner, way.Name)).IsOn.ShouldBeTrue("the partner has not turned it off");

        await privacy.AgreeAsync(path, version: 2);
        var after = await privacy.OrderedAsync(person, 2);
        await way.HasGotAsync(partner, after);
        var told = way.To(partner);
        told.Intersect([.. before, .. between, .. after]).ShouldBe([.. before, .. after], "nothing of the time between");
        told.ShouldBeUnique();
    }

    [Fact]
    public async Task However_many_queues_were_given_back_one_question_looks_after_all()
    {
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            broker: await broker.CreateVirtualHostAsync(ct: Token),
            cancellationToken: Token);
        for (var i = 0; i < Partners; i++)
        {
            var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
            var access = await PartnerReader.AskAsync(privacy, partner);
            using var program = privacy.Program(partner);
            (await program.DeleteAsync("/api/partners/queue", Token)).EnsureSuccessStatusCode();
            await Until.TrueAsync(() => PartnerReader.IsNobodyAsync(access), "the broker does not know it");
        }

        var before = await LooksAsync(privacy);
        await Task.Delay(TimeSpan.FromSeconds(Seconds), Token);

        (await LooksAsync(privacy) - before).ShouldBeInRange(1, Seconds * Partners / 2);
    }

    private static async Task EndAsync(TestService privacy, string partner)
    {
        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/end", new { reason = "agreement-over" })).EnsureSuccessStatusCode();
    }

    private static Task<bool> HasLaneAsync(TestService privacy, Guid partner) => AskAsync<bool>(
        privacy,
        $"""
        select exists (select 1 from pg_locks where locktype = 'advisory'
            and ((classid::bigint << 32) | objid::bigint) = hashtextextended('feed test {partner:N}', 0))
        """);

    /// <summary>How often the table of places was looked into.</summary>
    private static Task<long> LooksAsync(TestService privacy) => AskAsync<long>(
        privacy, "select seq_scan + idx_scan from pg_stat_user_tables where relname = 'feed_progress'");

    private static async Task<T> AskAsync<T>(TestService privacy, string question)
    {
        await using var database = NpgsqlDataSource.Create(privacy.Database.Admin);
        await using var command = database.CreateCommand(question);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
