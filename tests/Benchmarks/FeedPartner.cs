using System.Collections.Concurrent;
using System.Diagnostics;
using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Tests;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using RabbitMQ.Client;

namespace EPerfect.Benchmarks;

/// <summary>Privacy as it is, a partner with an agreement and a queue, and people who agree to be told of.</summary>
internal sealed class FeedPartner : IAsyncDisposable
{
    private readonly TestService privacy;
    private readonly Guid id = Guid.CreateVersion7();
    private Guid[] people = [];
    private IConnection? connection;
    private int next;

    private FeedPartner(TestService privacy, TestVirtualHost host) => (this.privacy, Host) = (privacy, host);

    public TestVirtualHost Host { get; }

    public ConcurrentDictionary<Guid, long> Arrived { get; } = [];

    private Writer Writer => privacy.Services.GetRequiredService<Writer>();

    public static async Task<FeedPartner> StartAsync(PostgresServer postgres, BrokerServer broker)
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"));
        var partner = new FeedPartner(await TestService.StartAsync(PrivacyModule.Define(), postgres, host), host);
        await partner.AgreeAsync();
        partner.people = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => partner.ConsentAsync()));
        await partner.TakeAsync();
        return partner;
    }

    /// <summary>Something happens to one of the people.</summary>
    /// <returns>The event, and when it was committed.</returns>
    public async Task<(Guid Id, long At)> RecordAsync()
    {
        var person = people[Interlocked.Increment(ref next) % people.Length];
        var (order, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var entry = RecordEntry.Entry(person, $"{order:D}", new OrderPlacedData(order, "USD", "10.00", [], now), now);
        await Writer.WriteAsync(
            RecordEntry.StreamOf(person),
            "benchmark",
            async (work, token) =>
            {
                await RecordEntry.RecordAsync(work, entry, token);
                return Decision.Nothing;
            },
            CancellationToken.None);
        return (entry.EntryId, Stopwatch.GetTimestamp());
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        await privacy.DisposeAsync();
    }

    private async Task AgreeAsync()
    {
        var (now, staff) = (DateTimeOffset.UtcNow, Guid.CreateVersion7());
        var terms = new Terms(
            [Purposes.PartnerSharing], [Categories.Account], [new(OrderPlacedData.EventType, ["orderId", "total", "currency"])],
            Bases.Consent, RetentionDays: 90);
        var contact = await privacy.Services.GetRequiredService<Vault>()
            .SealAsync(id, new ErasureContact("erasure@partner.example"), CancellationToken.None);
        await Writer.ChangeAsync<Partner>(
            id,
            "benchmark",
            _ => Decision.Of(
                new PartnerRegistered(id, "Example Ltd", PartnerKind.Other, PartnerMode.Live, contact, null, now),
                new AgreementProposed(1, terms, staff, now),
                new AgreementActivated(1, now)),
            CancellationToken.None);
    }

    private async Task<Guid> ConsentAsync()
    {
        var (person, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await Writer.ChangeAsync<Person>(
            person,
            "benchmark",
            _ => Decision.Of(
                new PolicySetAcknowledged(1, [new SetMember("privacy-policy", 1, "-")], Channels.Api, now),
                new ConsentChanged(Purposes.PartnerSharing, Given: true, Channels.Api, 1, now)),
            CancellationToken.None);
        return person;
    }

    private async Task TakeAsync()
    {
        using var program = privacy.As(privacy.Issuer.Token(
            scopes: ["partner:feed"], claims: claims => claims["partner"] = id.ToString("D")));
        var answer = await program.PostWithKeyAsync("/api/partners/queue", new { });
        answer.EnsureSuccessStatusCode();
        var told = await answer.JsonAsync();
        connection = await new ConnectionFactory
        {
            HostName = (string)told["host"]!,
            Port = (int)told["port"]!,
            VirtualHost = (string)told["virtualHost"]!,
            UserName = (string)told["user"]!,
            Password = (string)told["password"]!,
        }.CreateConnectionAsync();
        await BareQueue.ConsumeAsync(await connection.CreateChannelAsync(), (string)told["queue"]!, Arrived);
    }
}
