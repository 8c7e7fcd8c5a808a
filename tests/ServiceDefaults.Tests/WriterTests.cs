using System.Net;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class WriterTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_many_units_at_once_When_one_fails_Then_its_neighbours_are_committed()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var writer = service.Services.GetRequiredService<Writer>();
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7()).ToArray();

        var outcomes = await Task.WhenAll(ids.Select((id, i) => Outcome(writer.ChangeAsync<Tally>(
            id,
            "test",
            _ => i % 10 == 0
                ? throw new InvalidOperationException("This unit is broken.")
                : Decision.Of(new TallyOpened(id, "t", DateTimeOffset.UnixEpoch)),
            Token))));

        outcomes.Count(failed => failed).ShouldBe(20);
        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await session.Events.QueryRawEventDataOnly<TallyOpened>().CountAsync(Token)).ShouldBe(180);
    }

    [Fact]
    public async Task Given_one_stream_When_two_hundred_raise_it_at_once_Then_no_raise_is_lost()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var writer = service.Services.GetRequiredService<Writer>();
        var id = Guid.CreateVersion7();
        await writer.ChangeAsync<Tally>(
            id, "test", _ => Decision.Of(new TallyOpened(id, "t", DateTimeOffset.UnixEpoch)), Token);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ =>
            writer.ChangeAsync<Tally>(id, "test", _ => Decision.Of(new TallyRaised(1)), Token)));

        (await service.TallyAsync(id)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task A_decision_may_start_another_stream_beside_its_own()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var writer = service.Services.GetRequiredService<Writer>();
        var (id, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        foreach (var (beside, own) in new (Guid, object)[] { (first, Opened(id)), (second, new TallyRaised(3)) })
        {
            await writer.WriteAsync(
                id,
                "test",
                (work, token) => work.ChangeAsync<Tally>(
                    id,
                    _ =>
                    {
                        work.Start<Tally>(beside, Opened(beside), new TallyRaised(7));
                        return Decision.Of(own);
                    },
                    token),
                Token);
        }

        (await service.TallyAsync(id)).Count.ShouldBe(3);
        (await service.TallyAsync(first)).Count.ShouldBe(7);
        (await service.TallyAsync(second)).Count.ShouldBe(7);

        static TallyOpened Opened(Guid tally) => new(tally, "t", DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Given_two_instances_When_both_raise_one_stream_at_once_Then_no_raise_is_lost()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);
        var id = Guid.CreateVersion7();
        var writers = new[] { first, second }.Select(s => s.Services.GetRequiredService<Writer>()).ToArray();
        await writers[0].ChangeAsync<Tally>(
            id, "test", _ => Decision.Of(new TallyOpened(id, "t", DateTimeOffset.UnixEpoch)), Token);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            writers[i % 2].ChangeAsync<Tally>(id, "test", _ => Decision.Of(new TallyRaised(1)), Token)));

        (await first.TallyAsync(id)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task Given_a_unit_that_wrote_and_was_then_refused_Then_nothing_of_it_is_stored()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var writer = service.Services.GetRequiredService<Writer>();
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(ids.Select((id, i) => writer.WriteAsync(
            id,
            "test",
            (work, _) =>
            {
                work.Start<Tally>(id, new TallyOpened(id, "t", DateTimeOffset.UnixEpoch));
                return Task.FromResult(i == 7 ? Refusals.WrongState("no", "No.") : Decision.Nothing);
            },
            Token)));

        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await session.Events.QueryRawEventDataOnly<TallyOpened>().CountAsync(Token)).ShouldBe(49);
        (await session.Events.FetchStreamAsync(ids[7], token: Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_many_units_at_once_When_some_are_refused_Then_the_others_are_decided_once_and_committed()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var writer = service.Services.GetRequiredService<Writer>();
        var ids = Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7()).ToArray();
        await Task.WhenAll(ids.Select(id => writer.ChangeAsync<Tally>(
            id, "test", _ => Decision.Of(new TallyOpened(id, "t", DateTimeOffset.UnixEpoch)), Token)));
        var decided = 0;

        var decisions = await Task.WhenAll(ids.Select((id, i) => writer.ChangeAsync<Tally>(
            id,
            "test",
            tally =>
            {
                Interlocked.Increment(ref decided);
                tally.ShouldNotBeNull().Id.ShouldBe(id);
                return i % 10 == 0 ? Refusals.WrongState("no", "No.") : Decision.Of(new TallyRaised(i));
            },
            Token)));

        decided.ShouldBe(100);
        decisions.Count(decision => decision.Refusal is not null).ShouldBe(10);
        for (var i = 0; i < ids.Length; i++) (await service.TallyAsync(ids[i])).Count.ShouldBe(i % 10 == 0 ? 0 : i);
    }

    [Fact]
    public async Task Given_two_instances_When_both_append_unread_to_a_stream_Then_nothing_is_lost_and_no_number_is_burnt()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);
        var writers = new[] { first, second }.Select(s => s.Services.GetRequiredService<Writer>()).ToArray();
        var id = Guid.CreateVersion7();
        await AppendAsync(writers[0], new TallyOpened(id, "t", DateTimeOffset.UnixEpoch));
        await using var session = first.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var before = await session.Events.QueryAllRawEvents().MaxAsync(e => e.Sequence, Token);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            AppendAsync(writers[i % 2], new TallyRaised(1), new TallyRaised(1))));

        (await first.TallyAsync(id)).Count.ShouldBe(200);
        (await session.Events.QueryAllRawEvents().MaxAsync(e => e.Sequence, Token)).ShouldBe(before + 200);

        Task AppendAsync(Writer writer, params object[] events) => writer.WriteAsync(
            new Unit(CommandContext.For("test"), id, async (work, token) =>
            {
                await work.AppendAsync<Tally>(id, events, token);
                return Answer.Done;
            })
            {
                Ahead = StreamAhead.VersionOf(id),
            },
            Token);
    }

    [Fact]
    public async Task Given_an_event_Then_it_says_who_because_of_what_and_in_which_trace()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var opened = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" });
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await opened.JsonAsync())["id"]!.GetValue<Guid>();

        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var stored = (await session.Events.FetchStreamAsync(id, token: Token)).ShouldHaveSingleItem();
        stored.UserName.ShouldBe($"user/{TestService.Caller:D}");
        stored.CausationId.ShouldNotBeNullOrEmpty();
        stored.CorrelationId.ShouldBe(opened.Headers.GetValues("Trace-Id").Single());
        stored.GetHeader("traceparent")!.ToString()!.ShouldContain(stored.CorrelationId!);
    }

    private static async Task<bool> Outcome(Task work)
    {
        try
        {
            await work;
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
