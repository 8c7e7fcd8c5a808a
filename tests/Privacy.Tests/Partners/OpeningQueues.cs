using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner gets its queue, and one password a request, from a real broker.</summary>
public sealed class OpeningQueues(PostgresServer postgres, BrokerServer broker)
{
    private const string Queue = "/api/partners/queue";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("M1")]
    public async Task A_repeat_gets_the_same_password_which_rests_sealed()
    {
        await using var privacy = await StartAsync();
        using var program = privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PartnerReader.AskAsync(program, "one")));
        var access = answers.Distinct().ShouldHaveSingleItem();

        await (await PartnerReader.ConnectAsync(access)).DisposeAsync();
        (await DatabaseText.TablesWithAsync(privacy.Database.Admin, access.Password, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeat_that_comes_after_another_password_or_after_giving_the_queue_back_opens_nothing_again()
    {
        await using var privacy = await StartAsync();
        using var program = privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));
        var first = await PartnerReader.AskAsync(program, "one");
        var second = await PartnerReader.AskAsync(program, "two");

        await RefusedAsync(program, "one", "queue-password-replaced");
        await Should.ThrowAsync<BrokerUnreachableException>(PartnerReader.ConnectAsync(first));
        await (await PartnerReader.ConnectAsync(second)).DisposeAsync();
        (await program.DeleteAsync(Queue, Token)).EnsureSuccessStatusCode();
        await RefusedAsync(program, "two", "queue-password-replaced");
        await Until.TrueAsync(() => PartnerReader.IsNobodyAsync(second), "the broker does not know it");
    }

    [Fact, Control("S11")]
    public async Task A_repeat_that_comes_after_the_agreement_ended_opens_nothing_again()
    {
        await using var privacy = await StartAsync();
        var path = await privacy.AgreeAsync();
        using var program = privacy.Program(FeedSteps.IdOf(path));
        await PartnerReader.AskAsync(program, "one");
        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{path}/end", new { reason = "agreement-over" })).EnsureSuccessStatusCode();

        await RefusedAsync(program, "one", "deliveries-stopped");
    }

    [Fact]
    public async Task Of_forty_at_once_four_wait_for_the_door_the_others_are_told_so_and_another_partner_is_answered()
    {
        await using var privacy = await StartAsync();
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        using var program = privacy.Program(partner);
        using var other = privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));
        Task<HttpResponseMessage>[] asked;

        await using (await privacy.Services.GetRequiredService<DoorLock>().TakeAsync(partner, Token))
        {
            asked = [.. Enumerable.Range(0, 40).Select(i => program.PostWithKeyAsync(Queue, new { }, $"{i}"))];
            await Until.TrueAsync(() => Task.FromResult(asked.Count(one => one.IsCompleted) == 36), "the others are answered");
            await other.PullAsync().WaitAsync(TimeSpan.FromSeconds(4), Token);
        }

        var answers = (await Task.WhenAll(asked)).ToLookup(answer => (int)answer.StatusCode);
        var refused = await Task.WhenAll(answers[429].Select(answer => answer.ProblemCodeAsync()));
        (refused.Length, refused.Distinct().Single()).ShouldBe((36, "queue-openings-too-many"));
        answers[429].ShouldAllBe(answer => answer.Headers.RetryAfter != null);
        (answers[200].Any(), answers[200].Count() + answers[409].Count()).ShouldBe((true, 4), "the last password counts");
        await (await PartnerReader.ConnectAsync(await PartnerReader.AskAsync(program))).DisposeAsync();
    }

    [Fact]
    public async Task A_first_queue_begins_with_the_oldest_that_is_kept()
    {
        var clock = new TurnedClock();
        await using var privacy = await StartAsync(clock);
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        clock.Turn(TimeSpan.FromDays(31));

        await using var reader = await (await PartnerReader.ConnectAsync(await PartnerReader.AskAsync(privacy, partner)))
            .ConsumeAsync();
        var kept = await privacy.OrderedAsync(person);

        await reader.HasSeenAsync([kept.EntryId]);
        reader.Seen.ShouldBe([kept.EntryId]);
    }

    [Fact]
    public async Task The_AsyncAPI_document_that_is_served_names_this_broker_and_whether_it_speaks_TLS()
    {
        await using var privacy = await StartAsync();
        using var program = privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));
        var access = await PartnerReader.AskAsync(program, "one");

        var served = (await (await program.GetAsync("/api/partners/asyncapi.json", Token)).JsonAsync())["servers"]!["broker"]!;

        ((string)served["protocol"]!, (string)served["variables"]!["broker"]!["default"]!)
            .ShouldBe(("amqp", $"{access.Host}:{access.Port}"));
    }

    [Fact]
    public async Task While_the_broker_refuses_it_is_said_so_and_the_repeat_gets_what_was_given()
    {
        var host = await broker.CreateVirtualHostAsync(ct: Token);
        await using var refused = await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            broker: host,
            configure: builder => builder.Configuration["Broker:Administration"] = WithWrongPassword(host.Administration),
            cancellationToken: Token);
        var partner = FeedSteps.IdOf(await refused.AgreeAsync());
        using var program = refused.Program(partner);

        var answer = await program.PostWithKeyAsync(Queue, new { }, "one");
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((503, "queue-broker-away"));
        answer.Headers.RetryAfter.ShouldNotBeNull();

        await using var mended = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, database: refused.Database, broker: host, cancellationToken: Token);
        using var again = mended.Program(partner);
        await (await PartnerReader.ConnectAsync(await PartnerReader.AskAsync(again, "one"))).DisposeAsync();
    }

    private static string WithWrongPassword(string administration) =>
        new UriBuilder(administration) { Password = "wrong" }.Uri.AbsoluteUri;

    private static async Task RefusedAsync(HttpClient program, string key, string code)
    {
        var answer = await program.PostWithKeyAsync(Queue, new { }, key);
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((409, code));
    }

    private async Task<TestService> StartAsync(TimeProvider? clock = null) => await TestService.StartAsync(
        PrivacyModule.Define(),
        postgres,
        broker: await broker.CreateVirtualHostAsync(ct: Token),
        clock: clock,
        cancellationToken: Token);
}
