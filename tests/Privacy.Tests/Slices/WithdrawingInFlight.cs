using System.Collections.Concurrent;
using System.Net;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Consents are withdrawn while what they allowed lies in a queue of the broker.</summary>
public sealed class WithdrawingInFlight(PostgresServer postgres, BrokerServer broker)
{
    private const int People = 2000;
    private const string Waiting = "partner-feed";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S11")]
    public async Task Nothing_is_delivered_after_the_withdrawals_position()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var people = Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7()).ToArray();
        await ConsentAsync(privacy, people);
        var host = await broker.CreateVirtualHostAsync(ct: Token);
        await using var connection = await new ConnectionFactory { Uri = new(host.Operator) }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueDeclareAsync(Waiting, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        foreach (var person in people) await SendAsync(channel, person);

        var delivered = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var asked = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var answered = new ConcurrentDictionary<Guid, Verdict>();
        var withdrawn = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var clock = TimeProvider.System;
        var gate = privacy.Services.GetRequiredService<ReleaseGate>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var person = new Guid(message.Body.Span);
            asked[person] = clock.GetUtcNow();
            var id = Guid.Parse(message.BasicProperties.MessageId!);
            var verdict = await gate.AskAsync(
                person, new(id, Purposes.PartnerSharing, "contact", "partner/1"), Token);
            if (verdict.Allowed) delivered[person] = clock.GetUtcNow();
            answered.TryAdd(person, verdict);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, Token);
        };
        await channel.BasicQosAsync(0, 8, global: false, Token);

        // The first to be queued are the last to withdraw: the two meet in the middle.
        var withdrawing = Parallel.ForEachAsync(
            people.Reverse(),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (person, _) =>
            {
                using var owner = privacy.As(privacy.Issuer.Owner(person));
                var answer = await owner.PutAsync(
                    $"/api/privacy/people/{person}/consents/partner-sharing", new { given = false, policySet = 1 });
                answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
                withdrawn[person] = clock.GetUtcNow();
            });
        await channel.BasicConsumeAsync(Waiting, autoAck: false, consumer, Token);
        await withdrawing;
        await Until.TrueAsync(
            () => Task.FromResult(answered.Count == People), "all were asked about", TimeSpan.FromMinutes(2));

        delivered.Count.ShouldBeInRange(1, People - 1, "some were sent before and some withdrew before");
        delivered.Keys.ShouldAllBe(person => asked[person] <= withdrawn[person]);
        var (released, after) = await PositionsAsync(privacy);
        released.ShouldBe(delivered.Keys, ignoreOrder: true);
        after.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_asked_about_again_is_let_out_once_and_not_after_a_withdrawal()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var person = Guid.CreateVersion7();
        await ConsentAsync(privacy, [person]);
        var gate = privacy.Services.GetRequiredService<ReleaseGate>();
        var message = new Release(Guid.CreateVersion7(), Purposes.PartnerSharing, "contact", "partner/1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gate.AskAsync(person, message, Token)));
        await privacy.Client.PutAsync(
            $"/api/privacy/people/{person}/consents/partner-sharing", new { given = false, policySet = 1 });
        var late = await gate.AskAsync(person, message, Token);

        answers.ShouldAllBe(verdict => verdict.Allowed);
        late.ShouldBe(Verdict.No("consent-withdrawn", 1, Bases.Consent));
        (await PositionsAsync(privacy)).Released.ShouldBe([person]);
    }

    private static Task<Decision[]> ConsentAsync(TestService privacy, Guid[] people)
    {
        var writer = privacy.Services.GetRequiredService<Writer>();
        var member = new SetMember("privacy-policy", 1, "-");
        return Task.WhenAll(people.Select(person => writer.ChangeAsync<Person>(
            person,
            "test",
            _ => Decision.Of(
                new PolicySetAcknowledged(1, [member], Channels.Api, DateTimeOffset.UtcNow),
                new ConsentChanged(Purposes.PartnerSharing, Given: true, Channels.Api, 1, DateTimeOffset.UtcNow)),
            Token)));
    }

    private static ValueTask SendAsync(IChannel channel, Guid person) => channel.BasicPublishAsync(
        "", Waiting, mandatory: true, new BasicProperties { MessageId = Guid.NewGuid().ToString() }, person.ToByteArray(), Token);

    /// <summary>For whom something was let out, and for whom that was after the withdrawal.</summary>
    private static async Task<(List<Guid> Released, List<Guid> After)> PositionsAsync(TestService privacy)
    {
        await using var session = privacy.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.EventTypeName == "data_released" || e.EventTypeName == "consent_changed").ToListAsync(Token);
        var withdrawals = events.Where(e => e.Data is ConsentChanged { Given: false })
            .ToDictionary(e => e.StreamId, e => e.Version);
        var released = events.Where(e => e.Data is DataReleased).ToList();
        return (
            released.ConvertAll(e => e.StreamId),
            [.. released.Where(e => withdrawals.TryGetValue(e.StreamId, out var at) && e.Version > at)
                .Select(e => e.StreamId)]);
    }
}
