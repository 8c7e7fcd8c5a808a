using System.Net;
using System.Net.Http.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>An operator looks at messages that kept failing, gives them back, and puts them out of the way: each is somewhere,
/// whatever happens.</summary>
public sealed class FailedMessageTests(PostgresServer postgres, BrokerServer broker)
{
    private const string Queue = "domains.tally-raised";
    private const string Failure = "System.InvalidOperationException";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_is_told_by_ids_and_the_kind_of_failure_and_never_by_what_it_says()
    {
        await using var poisoned = await StartAsync();
        using var staff = Operator(poisoned.Receiver);
        poisoned.Mood.FailuresLeft = int.MaxValue;
        var tally = await poisoned.Sender.RaiseAsync(times: 1);
        await Until.TrueAsync(async () => await CountAsync(poisoned.Receiver) == 1, "it lies in the error queue");

        var text = await staff.GetStringAsync("/operations/failed-messages", Token);
        var message = (await LookAsync(poisoned.Receiver)).ShouldHaveSingleItem();

        (message.Queue, message.Event, message.Failure).ShouldBe((Queue, TallyRaisedV1.Name, Failure));
        message.MessageId.ShouldNotBeNull();
        message.CausedBy.ShouldNotBeNull();
        message.TraceId.ShouldNotBeNull();
        message.FailedAt!.Value.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        text.ShouldNotContain("The reaction fails");
        text.ShouldNotContain(tally.ToString());
        (await CountAsync(poisoned.Receiver)).ShouldBe(1u, "looking takes nothing away");
    }

    [Fact]
    public async Task Replayed_each_has_its_effect_once_and_who_ordered_it_and_why_is_on_record()
    {
        await using var poisoned = await PoisonedAsync(3);
        var login = Guid.CreateVersion7();

        var answer = await MoveAsync(poisoned.Receiver, "failed-messages/replay", new
        {
            queue = Queue, failure = Failure, reason = "alert:poisoned-messages",
        }, login: login);

        (await answer.Content.ReadFromJsonAsync<MovedMessages>(Token))!.Count.ShouldBe(3);
        foreach (var tally in poisoned.Tallies) await poisoned.Receiver.HeardAsync(tally, times: 1);
        (await LookAsync(poisoned.Receiver)).ShouldBeEmpty();
        await using var session = poisoned.Receiver.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var actions = await session.Events.FetchStreamAsync(OperatorActions.StreamOf(Queue), token: Token);
        var ordered = actions.ShouldHaveSingleItem();
        ordered.UserName.ShouldBe($"user/{login}");
        ordered.Data.ShouldBeOfType<FailedMessagesMoved>().Reason.ShouldBe("alert:poisoned-messages");
    }

    [Fact]
    public async Task One_of_several_is_replayed_and_the_others_stay()
    {
        await using var poisoned = await PoisonedAsync(3);
        var chosen = (await LookAsync(poisoned.Receiver))[1].MessageId;

        await MoveAsync(poisoned.Receiver, "failed-messages/replay", new
        {
            queue = Queue, messageId = chosen, reason = "ticket:1",
        });

        var left = await LookAsync(poisoned.Receiver);
        left.Count.ShouldBe(2);
        left.ShouldAllBe(message => message.MessageId != chosen);
    }

    [Fact]
    public async Task Archived_it_rings_no_alarm_and_can_be_fetched_back()
    {
        await using var poisoned = await PoisonedAsync(2);
        var all = new { queue = Queue, reason = "incident:bad-release" };

        (await MoveAsync(poisoned.Receiver, "failed-messages/archive", all)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await CountAsync(poisoned.Receiver)).ShouldBe(0u);
        (await LookAsync(poisoned.Receiver)).ShouldBeEmpty();
        (await LookAsync(poisoned.Receiver, "archived-messages")).Count.ShouldBe(2);

        await MoveAsync(poisoned.Receiver, "archived-messages/fetch-back", all);
        (await LookAsync(poisoned.Receiver, "archived-messages")).ShouldBeEmpty();
        (await LookAsync(poisoned.Receiver)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Killed_between_the_copy_and_the_removal_a_message_is_there_twice_and_has_its_effect_once()
    {
        await using var poisoned = await PoisonedAsync(1);
        // What a kill there leaves: the copy stands in the queue, the message still in the error queue.
        await CopyBackAsync(poisoned.Host);
        await poisoned.Receiver.HeardAsync(poisoned.Tallies[0], times: 1);

        await MoveAsync(poisoned.Receiver, "failed-messages/replay", new { queue = Queue, reason = "ticket:1" });

        await Until.TrueAsync(async () => await CountAsync(poisoned.Receiver) == 0, "the error queue is empty");
        await Task.Delay(500, Token);
        await poisoned.Receiver.HeardAsync(poisoned.Tallies[0], times: 1);
    }

    [Fact]
    public async Task Ordered_twice_at_once_and_again_under_the_same_key_nothing_is_lost_or_done_twice()
    {
        await using var poisoned = await PoisonedAsync(5);
        var all = new { queue = Queue, reason = "ticket:1" };

        await Task.WhenAll(
            MoveAsync(poisoned.Receiver, "failed-messages/replay", all),
            MoveAsync(poisoned.Receiver, "failed-messages/replay", all));
        await MoveAsync(poisoned.Receiver, "failed-messages/replay", all, key: "again");
        await MoveAsync(poisoned.Receiver, "failed-messages/replay", all, key: "again");

        foreach (var tally in poisoned.Tallies) await poisoned.Receiver.HeardAsync(tally, times: 1);
        (await LookAsync(poisoned.Receiver)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("domains.somebody-elses", null, "ticket:1", 404, "not-found")]
    [InlineData(Queue, null, "Ann called", 422, "operator-reason-malformed")]
    [InlineData(Queue, "a person@example.com", "ticket:1", 404, "not-found")]
    public async Task Bad_input_is_refused_and_moves_nothing(
        string queue, string? failure, string reason, int status, string code)
    {
        await using var poisoned = await PoisonedAsync(1);

        var answer = await MoveAsync(poisoned.Receiver, "failed-messages/replay", new { queue, failure, reason });

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        (await CountAsync(poisoned.Receiver)).ShouldBe(1u);
    }

    private static HttpClient Operator(TestService service, Guid? login = null) =>
        service.As(service.Issuer.Token((login ?? Guid.CreateVersion7()).ToString("D"), staff: ["operator"]));

    private static async Task<IReadOnlyList<FailedMessage>> LookAsync(TestService service, string where = "failed-messages")
    {
        using var staff = Operator(service);
        return (await staff.GetFromJsonAsync<FailedMessagesView>($"/operations/{where}", Token))!.Messages;
    }

    private static async Task<HttpResponseMessage> MoveAsync(
        TestService service, string what, object body, Guid? login = null, string? key = null)
    {
        using var staff = Operator(service, login);
        return await staff.PostWithKeyAsync($"/operations/{what}", body, key);
    }

    private static async Task<uint> CountAsync(TestService service) =>
        (await service.Services.GetRequiredService<ErrorQueues>().CountAsync(Token)).GetValueOrDefault(Queue);

    private static async Task CopyBackAsync(TestVirtualHost host)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(host.Operator) }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var message = (await channel.BasicGetAsync(Queue + "_error", autoAck: false, Token))!;
        await channel.BasicPublishAsync(
            Queue, "", mandatory: true, new BasicProperties(message.BasicProperties), message.Body, Token);
    }

    /// <summary>What MassTransit leaves of a message that kept failing: the first test fails one for real.</summary>
    private async Task<Poisoned> PoisonedAsync(int messages)
    {
        var poisoned = await StartAsync();
        var errors = await poisoned.Receiver.Services.GetRequiredService<IBus>().GetSendEndpoint(new($"exchange:{Queue}_error"));
        foreach (var tally in poisoned.Tallies.Take(messages))
        {
            await errors.Send(new TallyRaisedV1(tally, 1, 1), send =>
            {
                send.MessageId = Guid.CreateVersion7();
                send.Headers.Set(MessageHeaders.FaultExceptionType, Failure);
                send.Headers.Set(MessageHeaders.FaultTimestamp, DateTime.UtcNow.ToString("O"));
            }, Token);
        }

        await Until.TrueAsync(
            async () => await CountAsync(poisoned.Receiver) == messages, "they lie in the error queue");
        return poisoned with { Tallies = [.. poisoned.Tallies.Take(messages)] };
    }

    private async Task<Poisoned> StartAsync()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([Sender.Define(), Receiver.Define()], "any")
                .Replace("\"x-message-ttl\": 5000", "\"x-message-ttl\": 50", StringComparison.Ordinal),
            Token);
        var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var mood = receiver.Services.GetRequiredService<Mood>();
        return new(host, sender, receiver, mood, [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())]);
    }

    private sealed record Poisoned(
        TestVirtualHost Host, TestService Sender, TestService Receiver, Mood Mood, IReadOnlyList<Guid> Tallies) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Sender.DisposeAsync();
            await Receiver.DisposeAsync();
        }
    }
}
