using EPerfect.PersonalData;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What units that are committed together may do to each other: nothing.</summary>
public sealed class WriterBatchTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_units_of_different_lanes_When_they_decide_on_one_stream_Then_each_sees_what_the_one_before_decided()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var id = Guid.CreateVersion7();
        await OpenAsync(service, id);

        await TogetherAsync(service, Enumerable.Range(0, 20), (writer, _) => writer.WriteAsync(
            Guid.CreateVersion7(),
            "test",
            (work, token) => work.ChangeAsync<Tally>(
                id, tally => tally!.Count > 0 ? Decision.Nothing : Decision.Of(new TallyRaised(1)), token),
            Token));

        (await service.TallyAsync(id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_stream_told_beforehand_When_a_neighbour_changes_it_Then_it_is_decided_on_what_is_stored_by_then()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var id = Guid.CreateVersion7();
        await OpenAsync(service, id);

        await TogetherAsync(service, Enumerable.Range(0, 20), (writer, i) => i % 2 == 0
            ? writer.WriteAsync(
                Guid.CreateVersion7(), "test", (work, token) => work.ChangeAsync<Tally>(id, Once, token), Token)
            : writer.ChangeAsync<Tally>(id, "test", Once, Token));

        (await service.TallyAsync(id)).Count.ShouldBe(1);

        static Decision Once(Tally? tally) => tally!.Count > 0 ? Decision.Nothing : Decision.Of(new TallyRaised(1));
    }

    [Fact]
    public async Task Given_a_stream_that_a_neighbour_started_When_another_would_start_it_too_Then_it_is_started_once()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var id = Guid.CreateVersion7();

        await TogetherAsync(service, Enumerable.Range(0, 20), (writer, _) => writer.WriteAsync(
            Guid.CreateVersion7(),
            "test",
            (work, token) => work.ChangeAsync<Tally>(
                id, tally => tally is null ? Decision.Of(Opened(id)) : Decision.Of(new TallyRaised(1)), token),
            Token));

        (await service.TallyAsync(id)).Count.ShouldBe(19);
    }

    [Fact]
    public async Task Given_a_unit_whose_keys_are_away_Then_its_neighbours_are_committed()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();

        await TogetherAsync(service, Enumerable.Range(0, ids.Length), async (writer, i) =>
        {
            var written = writer.ChangeAsync<Tally>(
                ids[i],
                "test",
                _ => i == 7 ? throw new VaultUnavailableException(new TimeoutException()) : Decision.Of(Opened(ids[i])),
                Token);
            if (i == 7) await Should.ThrowAsync<VaultUnavailableException>(() => written);
            else await written;
        });

        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await session.Events.QueryRawEventDataOnly<TallyOpened>().CountAsync(Token)).ShouldBe(19);
    }

    [Fact]
    public async Task Given_many_units_whose_keys_are_away_Then_they_do_not_wait_for_them_one_after_the_other()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var asked = 0;

        await TogetherAsync(service, Enumerable.Range(0, 20), (writer, _) => Should.ThrowAsync<VaultUnavailableException>(
            () => writer.ChangeAsync<Tally>(
                Guid.CreateVersion7(),
                "test",
                _ =>
                {
                    Interlocked.Increment(ref asked);
                    throw new VaultUnavailableException(new TimeoutException());
                },
                Token)));

        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_deadlock_of_one_Then_all_are_decided_again_and_none_is_told_of_it()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        var deadlocks = 1;

        await TogetherAsync(service, Enumerable.Range(0, ids.Length), (writer, i) => writer.ChangeAsync<Tally>(
            ids[i],
            "test",
            _ => i == 7 && Interlocked.Decrement(ref deadlocks) == 0
                ? throw new PostgresException("deadlock", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected)
                : Decision.Of(Opened(ids[i])),
            Token));

        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await session.Events.QueryRawEventDataOnly<TallyOpened>().CountAsync(Token)).ShouldBe(20);
    }

    /// <summary>There is one door for writes: whoever stands in it keeps everybody out.</summary>
    [Fact]
    public async Task Given_a_unit_that_never_comes_back_Then_it_fails_and_whoever_waits_behind_it_is_written()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var stuck = service.Services.GetRequiredService<Writer>().WriteAsync(
            Guid.CreateVersion7(), "test", (_, _) => new TaskCompletionSource<Decision>().Task, Token);
        var id = Guid.CreateVersion7();

        await OpenAsync(service, id).WaitAsync(TimeSpan.FromSeconds(20), Token);

        (await service.TallyAsync(id)).Count.ShouldBe(0);
        await Should.ThrowAsync<OperationCanceledException>(stuck);
    }

    /// <summary>All wait behind one that is being written, and so are taken up together.</summary>
    private static async Task TogetherAsync(TestService service, IEnumerable<int> units, Func<Writer, int, Task> write)
    {
        var writer = service.Services.GetRequiredService<Writer>();
        var (begun, waited) = (new TaskCompletionSource(), new TaskCompletionSource());
        var before = writer.WriteAsync(
            Guid.CreateVersion7(),
            "test",
            async (_, _) =>
            {
                begun.SetResult();
                await waited.Task;
                return Decision.Nothing;
            },
            Token);
        await begun.Task;
        var written = units.Select(i => write(writer, i)).ToArray();
        waited.SetResult();
        await Task.WhenAll([before, .. written]);
    }

    private static TallyOpened Opened(Guid id) => new(id, "t", DateTimeOffset.UnixEpoch);

    private static Task<Decision> OpenAsync(TestService service, Guid id) => service.Services.GetRequiredService<Writer>()
        .ChangeAsync<Tally>(id, "test", _ => Decision.Of(Opened(id)), Token);
}
