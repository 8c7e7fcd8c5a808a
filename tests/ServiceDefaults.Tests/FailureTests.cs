using System.Net;
using System.Text;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RabbitMQ.Client;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>A service fails, by an exception that quotes a person: who asked and who watches hear what helps, and nobody hears
/// of whom.</summary>
public sealed class FailureTests(PostgresServer postgres, BrokerServer broker)
{
    private const string Person = "Quetzalina Verdin";
    private const string Failure = "System.InvalidOperationException";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_throws_answers_500_as_a_problem_and_the_repeat_after_the_mend_has_its_effect_once()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var mood = Failing();
        await using (var service = await TestService.StartAsync(OpensWhenIn(mood), postgres, settings: receiver.Settings))
        {
            var failed = await service.Client.PostWithKeyAsync("/api/moody", new { }, "one-key");
            var text = await failed.Content.ReadAsStringAsync(Token);
            mood.FailuresLeft = 0;
            var first = await service.Client.PostWithKeyAsync("/api/moody", new { }, "one-key");
            var again = await service.Client.PostWithKeyAsync("/api/moody", new { }, "one-key");

            (failed.StatusCode, await failed.ProblemCodeAsync()).ShouldBe((HttpStatusCode.InternalServerError, "internal-error"));
            (await failed.JsonAsync())["traceId"]!.GetValue<string>().ShouldBe(failed.Headers.GetValues("Trace-Id").Single());
            foreach (var hidden in (string[])[Person, "Exception", " at ", "FailureTests"]) text.ShouldNotContain(hidden);
            (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
            again.Headers.Location.ShouldBe(first.Headers.Location);
            await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
            (await session.Events.QueryAllRawEvents().CountAsync(one => one.EventTypeName == "tally_opened", Token)).ShouldBe(1);
        }

        // What the alert ServiceFails counts, and where the log says that it was.
        receiver.Metrics.ShouldContain("eperfect.refusals");
        receiver.Metrics.ShouldContain("internal-error");
        ToldOf(receiver.Logs, nameof(OpensWhenIn));
        receiver.Received.ShouldNotContain(Person);
    }

    [Fact]
    public async Task Where_a_collector_takes_traces_alone_neither_metrics_nor_logs_are_sent_to_it()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using (var service = await TestService.StartAsync(
            OpensWhenIn(Failing()),
            postgres,
            settings: [.. collector.Settings, ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none")]))
            await service.Client.PostWithKeyAsync("/api/moody", new { }, "one-key");

        collector.Traces.ShouldContain("/api/moody");
        collector.Metrics.ShouldBeEmpty();
        collector.Logs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_are_counted_from_nought_so_that_the_first_one_is_a_rise()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (await TestService.StartAsync(Sender.Define(), postgres, settings: receiver.Settings))
        {
        }

        receiver.Metrics.ShouldContain("internal-error");
    }

    [Fact]
    public async Task A_message_that_is_parked_has_failed_in_its_trace()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var collector = await OtlpReceiver.StartAsync();
        await FailAsync(host, collector, parked: 0, service => Until.TrueAsync(
            () => Task.FromResult(service.Log.Lines.Any(line => line.Contains("is parked", StringComparison.Ordinal))),
            "it is parked"));

        collector.Traces.ShouldContain(Failure);
    }

    [Fact]
    public async Task A_message_that_fails_is_told_of_by_the_kind_of_failure_and_where_and_never_by_what_it_said()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var collector = await OtlpReceiver.StartAsync();
        // It had all its chances.
        await FailAsync(host, collector, parked: 6, service => Until.TrueAsync(
            async () => (await service.Services.GetRequiredService<ErrorQueues>().CountAsync(Token)).Count == 1,
            "it lies in the error queue"));

        var lying = await HeadersAsync(host, "domains.tally-raised_error");
        lying.ShouldContain(Failure);
        lying.ShouldContain(nameof(EchoReaction));
        lying.ShouldNotContain(Person);

        ToldOf(collector.Logs, nameof(EchoReaction));
        ToldOf(collector.Traces, nameof(EchoReaction));
        collector.Received.ShouldNotContain(Person);
    }

    [Fact]
    public void Of_an_exception_its_kinds_and_its_frames_are_told()
    {
        var thrown = Should.Throw<AggregateException>(
            () => Task.FromException(new IOException(Person, new FormatException($"{Person}\n   at {Person}"))).Wait(Token));

        var stack = Failures.StackOf(thrown);
        stack.ShouldContain("System.IO.IOException");
        stack.ShouldContain("System.FormatException");
        Failures.FramesOf(thrown.ToString()).ShouldContain(nameof(Of_an_exception_its_kinds_and_its_frames_are_told));
        (stack + Failures.FramesOf(thrown.ToString())).ShouldNotContain(Person);
    }

    [Fact]
    public void A_line_of_the_log_says_what_failed_and_not_what_it_said_unless_it_speaks_of_a_connection()
    {
        var failure = new InvalidOperationException(
            Person, new NpgsqlException("Failed to connect to 127.0.0.1:5432", new IOException(Person)));
        using var console = new StringWriter();

        new LogLines(TimeProvider.System).Write(
            new LogEntry<string>(LogLevel.Error, "Orders", 7, "It\nfailed", failure, (said, _) => said), null, console);

        var line = console.ToString();
        line.ShouldContain($"fail: Orders[7] It failed {Failure} ");
        line.ShouldContain("Npgsql.NpgsqlException: Failed to connect to 127.0.0.1:5432");
        line.ShouldEndWith("\n");
        line.TrimEnd().ShouldNotContain("\n");
        line.ShouldNotContain(Person);
    }

    private static void ToldOf(string exported, string where)
    {
        exported.ShouldContain(Failure);
        exported.ShouldContain("exception.stacktrace");
        exported.ShouldContain(where);
    }

    private static async Task<string> HeadersAsync(TestVirtualHost host, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(host.Operator) }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var message = await channel.BasicGetAsync(queue, autoAck: false, Token);
        return string.Join('\n', message!.BasicProperties.Headers!.Select(header =>
            $"{header.Key}: {(header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value)}"));
    }

    private async Task FailAsync(
        TestVirtualHost host, OtlpReceiver collector, int parked, Func<TestService, Task> failed)
    {
        await using var service = await TestService.StartAsync(
            Receiver.Define().Services(services => services.AddSingleton(Failing())),
            postgres, host, settings: collector.Settings);
        var queue = await service.Services.GetRequiredService<IBus>().GetSendEndpoint(new("exchange:domains.tally-raised"));
        await queue.Send(new TallyRaisedV1(Guid.CreateVersion7(), 1, 2), send =>
        {
            send.MessageId = Guid.CreateVersion7();
            if (parked > 0) send.Headers.Set("parked-times", $"{parked}");
        }, Token);
        await failed(service);
    }

    private static Mood Failing() => new()
    {
        FailuresLeft = int.MaxValue,
        Failure = () => new InvalidOperationException($"{Person} fails."),
    };

    private static ServiceDefinition OpensWhenIn(Mood mood) => Sender.Define().Endpoints(routes => routes
        .MapPost("/api/moody", (Commands commands, TimeProvider clock, CancellationToken token) =>
        {
            var id = Guid.CreateVersion7();
            return commands.CreateAsync<Tally>(
                id,
                accountId: null,
                (_, _) =>
                {
                    mood.Check();
                    return Task.FromResult<Decision>(Decision.Of(new TallyOpened(id, "t", clock.GetUtcNow())));
                },
                cancellationToken: token);
        })
        .Allow(Access.Anyone));
}
